using System.Reflection;
using Cortex.Testing;
using Xunit.Sdk;

namespace Cortex.Models.Tests;

/// <summary>One row for each model below a folder of the shared models that has goldens.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GoldenModelsAttribute(string folder) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => GoldenRows.Models(folder).Select(name => new object[] { name });
}

/// <summary>One row for each prompt of each of these models.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GoldenPromptsAttribute(string folder) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        GoldenRows.Models(folder).SelectMany(name => new GoldenModel(name).Root.GetProperty("prompts").EnumerateArray()
            .Select(prompt => new object[] { name, prompt.GetProperty("name").GetString()! }));
}

internal static class GoldenRows
{
    /// <summary>Paths below the shared folder's <c>models</c>.</summary>
    public static IEnumerable<string> Models(string folder) =>
        Shared.Files($"models/{folder}", "golden.json").Select(file => $"{folder}/{Path.GetDirectoryName(Path.GetDirectoryName(file))!.Replace('\\', '/')}".TrimEnd('/'));
}
