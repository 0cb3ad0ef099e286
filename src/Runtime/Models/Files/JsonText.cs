using System.Text.Json;
using System.Text.Unicode;

namespace Cortex.Runtime.Models;

/// <summary>JSON that has been looked at to the end: every string in it can be read, no object names a key twice.</summary>
internal static class JsonText
{
    /// <summary>Longest file read whole: settings and lists of shards are kilobytes.</summary>
    private const long LongestFile = 64 << 20;

    /// <summary>Reads a file that must hold one object.</summary>
    /// <exception cref="ModelException">It is absent, too long, or not such JSON.</exception>
    public static JsonElement Read(string path)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                throw new ModelException($"{path}: {new FileInfo(path).Length} bytes; at most {LongestFile} are allowed");
            }
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: cannot be read: {(File.Exists(path) ? fault.Message.ReplaceLineEndings(" ") : "no such file")}", fault);
        }
        return Parse(path, bytes);
    }

    /// <param name="place">What messages call the text, a file for instance.</param>
    /// <param name="utf8">The text, its byte order mark if any included.</param>
    /// <exception cref="ModelException">It is not such JSON.</exception>
    public static JsonElement Parse(string place, ReadOnlyMemory<byte> utf8)
    {
        utf8 = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new ModelException($"{place}: not JSON: not valid UTF-8");
        }
        try
        {
            CheckStrings(place, utf8.Span);
            using JsonDocument document = JsonDocument.Parse(utf8, new() { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ModelException($"{place}: not a JSON object, but {document.RootElement.ValueKind.ToString().ToLowerInvariant()}");
        }
        catch (JsonException fault)
        {
            throw new ModelException($"{place}: not JSON: {Shown.Plain(fault.Message)}", fault);
        }
    }

    /// <summary>An escaped half of a surrogate pair is valid JSON that .NET finds only when it reads the string.</summary>
    private static void CheckStrings(string place, ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                try
                {
                    _ = reader.GetString();
                }
                catch (InvalidOperationException fault)
                {
                    throw new ModelException($"{place}: not JSON: half a surrogate pair in a string at byte {reader.TokenStartIndex}", fault);
                }
            }
        }
    }
}
