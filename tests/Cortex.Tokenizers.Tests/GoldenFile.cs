using System.Collections.Concurrent;
using System.Text.Json;
using Cortex.Runtime.Tokenizers;
using Cortex.Testing;

namespace Cortex.Tokenizers.Tests;

/// <summary>
/// A file of reference results below <c>models</c> of the shared folder, in a folder <c>golden</c> beside the tokenizer it was made with.
/// A tokenizer that may not stand there is looked for in the folder that <c>CORTEX_TOKENIZERS</c> names, under the same name.
/// </summary>
internal sealed class GoldenFile
{
    private static readonly ConcurrentDictionary<string, Lazy<GoldenFile>> Files = new();
    private static readonly ConcurrentDictionary<string, Lazy<Tokenizer>> Tokenizers = new();

    private GoldenFile(string name)
    {
        Name = name;
        Folder = Path.GetDirectoryName(Path.GetDirectoryName(Shared.PathOf($"models/{name}")))!;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Shared.PathOf($"models/{name}")));
        Root = document.RootElement.Clone();
        string family = Path.GetFileName(Folder);
        string? elsewhere = Environment.GetEnvironmentVariable("CORTEX_TOKENIZERS") is { Length: > 0 } folder ? Path.Combine(folder, family) : null;
        TokenizerFolder = new[] { Folder, elsewhere }.FirstOrDefault(place => place is not null && File.Exists(Path.Combine(place, "tokenizer.json")));
    }

    /// <summary>Path relative to the folder of models.</summary>
    public string Name { get; }

    /// <summary>The folder of the model or family.</summary>
    public string Folder { get; }

    /// <summary>Where its tokenizer is; null if it is not at hand.</summary>
    public string? TokenizerFolder { get; }

    public JsonElement Root { get; }

    public Tokenizer Tokenizer => Tokenizers.GetOrAdd(
        TokenizerFolder!, folder => new Lazy<Tokenizer>(() => TokenizerJson.Read(Path.Combine(folder, "tokenizer.json")))).Value;

    /// <summary>The files of a format.</summary>
    public static IReadOnlyList<GoldenFile> Of(string format) =>
    [
        .. Shared.Files("models", "*.json").Where(name => name.Contains("golden/", StringComparison.Ordinal)).Select(Named)
            .Where(file => file.Root.ValueKind == JsonValueKind.Object && file.Root.TryGetProperty("format", out JsonElement found) && found.GetString() == format),
    ];

    public static GoldenFile Named(string name) => Files.GetOrAdd(name, key => new Lazy<GoldenFile>(() => new GoldenFile(key))).Value;
}
