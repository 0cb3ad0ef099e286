using Cortex.Testing;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Guide;

/// <summary>The guide shows only what compiles and runs.</summary>
public sealed class GuideTests
{
    private const string Fence = "```";

    [Fact]
    public void Every_sample_of_the_guide_is_part_of_the_samples_that_run()
    {
        string samples = Plain(File.ReadAllLines(Path.Combine(Shared.Solution, "tests/Cortex.Sim.Tests/Kernel/Guide/GuideSamples.cs")));
        string[] blocks = [.. Blocks(File.ReadAllLines(Path.Combine(Shared.Solution, "docs/kernel.md")))];
        Assert.InRange(blocks.Length, 6, 30);
        Assert.All(blocks, block => Assert.Contains(block, samples, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Blocks(string[] lines)
    {
        List<string>? block = null;
        foreach (string line in lines)
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block?.Add(line);
            }
            else if (block is not null)
            {
                yield return Plain(block);
                block = null;
            }
            else if (line == Fence + "csharp")
            {
                block = [];
            }
        }
    }

    /// <summary>Without indentation, which differs between a page and a method.</summary>
    private static string Plain(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()));
}
