using System.Diagnostics;
using Cortex.Models.Tests;
using Cortex.Runtime.Cpu.Products;
using Xunit;

namespace Cortex.Cpu.Tests.Processors;

/// <summary>On a processor that lacks instructions (for another process, the runtime hides them), logits and greedy texts are the same, bit for bit.</summary>
public sealed class LesserProcessorTests
{
    private static readonly string[] Random = ["random:tiny", "random:tiny-qwen2", "random:tiny-qwen3"];
    private static readonly string[] Small = [.. Random, .. GoldenRows.Models("tiny")];

    [Fact]
    public async Task With_AVX2_and_without_AVX512() => await SameBits("EnableAVX512", SimdTier.V256, [.. Random, .. GoldenRows.Models("")]);

    [Fact]
    public async Task Without_AVX2() => await SameBits("EnableAVX2", SimdTier.V128, Small);

    [Fact]
    public async Task Without_any_vectors() => await SameBits("EnableHWIntrinsic", SimdTier.V128, Small);

    private static async Task SameBits(string feature, SimdTier widest, string[] models)
    {
        ProcessStartInfo start = new("dotnet", ["exec", typeof(Program).Assembly.Location, .. models]) { RedirectStandardOutput = true, Environment = { [$"DOTNET_{feature}"] = "0" } };
        using Process process = Process.Start(start)!;
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        // Fewer where this processor has fewer itself.
        Assert.Equal(widest < SimdTiers.Best ? widest : SimdTiers.Best, Enum.Parse<SimdTier>(lines[0]));
        Assert.Equal(models.Select(ComputedText.Of), lines[1..]);
    }
}
