using System.Text.RegularExpressions;
using Xunit;

namespace Cortex.Architecture.Tests;

/// <summary>What the documents name is there.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Documents => [.. Repository.Files("docs", "*.md"), "README.md", "traces/README.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Paths_and_links_lead_to_files(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        IEnumerable<string> paths = RepositoryPath().Matches(text).Select(match => Path.Combine(Repository.Root, match.Groups[1].Value));
        IEnumerable<string> links = Link().Matches(text).Select(match => Path.GetFullPath(match.Groups[1].Value, folder));
        Assert.All(paths.Concat(links), path => Assert.True(Path.Exists(path), $"{document} names {path}"));
    }

    [Fact]
    public void Rules_that_comments_refer_to_by_number_stand_in_the_dialect()
    {
        string rules = File.ReadAllText(Path.Combine(Repository.Root, "docs/dialects/vllm-v1.md"));
        string[] files = [.. Repository.Files("src/Serving", "*.cs")];
        int[] numbers = [.. files.SelectMany(file => RuleNumber().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))))
            .SelectMany(match => match.Groups.Values.Skip(1)).SelectMany(group => group.Captures).Select(number => int.Parse(number.Value))];
        Assert.NotEmpty(numbers);
        Assert.All(numbers, number => Assert.Matches($@"(?m)^{number}\. ", rules));
    }

    /// <summary>A path of this repository in code marks, without patterns, commands and places of other projects.</summary>
    [GeneratedRegex(@"`((?:src|tests|docs|traces|experiments|analyzers|eng|\.ci)(?:/[\w.-]+)*/?)`")]
    private static partial Regex RepositoryPath();

    /// <summary>A relative link.</summary>
    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[Rr]ules? (\d+)(?:(?:,| and| to) (\d+))*")]
    private static partial Regex RuleNumber();
}
