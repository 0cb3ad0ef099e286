using System.Reflection;
using System.Text.Json;
using Xunit.Sdk;

namespace Cortex.Tokenizers.Tests;

/// <summary>One row a case of every golden file of a format whose tokenizer is at hand: the file, a number, and what the case is called.</summary>
/// <param name="format">Such as <c>cortex-tokens-1</c>.</param>
/// <param name="list">The member that lists the cases.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GoldenCasesAttribute(string format, string list) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from file in GoldenFile.Of(format)
        where file.TokenizerFolder is not null && file.Root.TryGetProperty(list, out _)
        from index in Enumerable.Range(0, file.Root.GetProperty(list).GetArrayLength())
        select new object[] { file.Name, index, NameOf(file.Root.GetProperty(list)[index]) };

    private static string NameOf(JsonElement one) =>
        one.TryGetProperty("name", out JsonElement name) || one.TryGetProperty("group", out name) ? name.GetString()! : "";
}

/// <summary>One row for every golden file of a format whose tokenizer is at hand.</summary>
/// <param name="format">Such as <c>cortex-tokens-1</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GoldenFilesAttribute(string format) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        GoldenFile.Of(format).Where(file => file.TokenizerFolder is not null).Select(file => new object[] { file.Name });
}

/// <summary>One skipped row for every golden file of a format whose tokenizer is not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GoldensWithoutTokenizerAttribute : DataAttribute
{
    private readonly string[] _names;

    public GoldensWithoutTokenizerAttribute(string format)
    {
        _names = [.. GoldenFile.Of(format).Where(file => file.TokenizerFolder is null).Select(file => file.Name)];
        if (_names.Length > 0)
        {
            Skip = "needs the tokenizer.json of this family in a folder of its name (set CORTEX_TOKENIZERS to the folder that holds it)";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => _names.Select(name => new object[] { name, 0, "" });
}
