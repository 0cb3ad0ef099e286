namespace Cortex.Analyzers.Tests;

public sealed class UnorderedEnumerationTests
{
    [Theory]
    [InlineData("foreach (var pair in table) { }")]
    [InlineData("foreach (var key in table.Keys) { }")]
    [InlineData("foreach (var value in table.Values) { }")]
    [InlineData("foreach (var item in set) { }")]
    [InlineData("foreach (var pair in behind) { }")]
    [InlineData("foreach (var pair in frozen) { }")]
    [InlineData("int[] copy = [.. set];")]
    [InlineData("var copy = set.ToList();")]
    [InlineData("var copy = table.Values.Select(x => x + 1);")]
    [InlineData("var copy = behind.Select(pair => pair.Value);")]
    [InlineData("var copy = new List<int>(set);")]
    [InlineData("Use(set);")]
    [InlineData("IEnumerable<int> later = set;")]
    [InlineData("var steps = table.GetEnumerator();")]
    [InlineData("set.CopyTo(new int[1]);")]
    [InlineData("foreach (var pair in new PriorityQueue<int, int>().UnorderedItems) { }")]
    public async Task Going_through_a_hash_table_is_flagged(string statements)
    {
        var finding = Assert.Single(await Snippet.AnalyzeAsync(statements));
        Assert.Equal("CX0001", finding.Id);
    }

    [Theory]
    [InlineData("table[\"a\"] = 1; var known = set.Contains(1); var n = table.Count + table.Keys.Count;")]
    [InlineData("foreach (var item in list) { }")]
    [InlineData("foreach (var pair in sorted) { }")]
    [InlineData("foreach (var key in table.Keys.Order(StringComparer.Ordinal)) { }")]
    [InlineData("var names = table.OrderBy(pair => pair.Key).Select(pair => pair.Value);")]
    [InlineData("var some = set.Any(x => x > 1);")]
    [InlineData("IReadOnlyDictionary<string, int> view = table;")]
    [InlineData("Use(list); Use(table.Keys.Order().Select(key => key.Length));")]
    public async Task Look_ups_and_ordered_collections_are_not_flagged(string statements) =>
        Assert.Empty(await Snippet.AnalyzeAsync(statements));
}
