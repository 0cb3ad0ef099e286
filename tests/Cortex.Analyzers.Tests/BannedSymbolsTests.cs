using Microsoft.CodeAnalysis;

namespace Cortex.Analyzers.Tests;

/// <summary>A misspelt entry bans nothing, and no tool complains of it.</summary>
public sealed class BannedSymbolsTests
{
    public static TheoryData<string> Entries => [.. File.ReadLines("BannedSymbols.txt").Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Every_entry_names_a_symbol_and_a_reason(string line)
    {
        string[] parts = line.Split(';', 2);
        Assert.NotEmpty(DocumentationCommentId.GetSymbolsForDeclarationId(parts[0], Snippet.Empty));
        Assert.True(parts.Length == 2 && parts[1].Trim().Length > 0, "no reason");
    }

    [Fact]
    public void No_entry_stands_twice()
    {
        string[] symbols = [.. File.ReadLines("BannedSymbols.txt").Select(line => line.Split(';')[0]).Where(symbol => symbol.Contains(':'))];
        Assert.Equal(symbols.Distinct(), symbols);
    }
}
