using Xunit;

namespace Cortex.Architecture.Tests;

/// <summary>Small files, one idea each.</summary>
public sealed class SourceSizeTests
{
    private static readonly (string Path, int Lines)[] Files =
        [.. Repository.Files("src", "*.cs").Select(path => (path, File.ReadLines(Path.Combine(Repository.Root, path)).Count()))];

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Assert.Empty(Files.Where(file => file.Lines > 400).Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void At_least_half_of_the_files_are_shorter_than_100_lines()
    {
        int small = Files.Count(file => file.Lines < 100);
        Assert.True(2 * small >= Files.Length, $"{small} of {Files.Length} files are shorter than 100 lines.");
    }
}
