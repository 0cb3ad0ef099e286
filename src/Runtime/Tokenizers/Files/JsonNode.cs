using System.Text.Json;

namespace Cortex.Runtime.Tokenizers;

/// <summary>A value of a JSON file that knows its place, for errors of one line.</summary>
internal readonly record struct JsonNode(JsonElement Element, string File, string Path)
{
    private string Place => Path.Length == 0 ? "the file" : Path;

    public bool IsNull => Element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="TokenizerException">It cannot be read, or is no JSON.</exception>
    public static JsonDocument Open(string file)
    {
        try
        {
            return Parse(System.IO.File.ReadAllBytes(file), file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException(file, fault.Message);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="TokenizerException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string file)
    {
        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException fault)
        {
            throw new TokenizerException($"{file}:{fault.LineNumber + 1}", $"not valid JSON at byte {fault.BytePositionInLine + 1}; allowed: one JSON object");
        }
    }

    /// <summary>A member; null-valued if it is absent.</summary>
    public JsonNode this[string name]
    {
        get
        {
            Require(JsonValueKind.Object, "an object");
            return new(Element.TryGetProperty(name, out JsonElement value) ? value : default, File, Path.Length == 0 ? name : $"{Path}.{name}");
        }
    }

    public string Text()
    {
        Require(JsonValueKind.String, "a string");
        try
        {
            return Element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("a string with half a surrogate pair; allowed: Unicode text");
        }
    }

    public string? TextOrNull() => IsNull ? null : Text();

    public bool Flag(bool absent) => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => IsNull ? absent : throw Fault($"{Kind} in place of true or false"),
    };

    public long Integer()
    {
        Require(JsonValueKind.Number, "a whole number");
        return Element.TryGetInt64(out long value) ? value : throw Fault($"{Element.GetRawText()} in place of a whole number");
    }

    /// <summary>The elements of an array; none if it is absent.</summary>
    public IEnumerable<JsonNode> Items()
    {
        if (IsNull)
        {
            yield break;
        }
        Require(JsonValueKind.Array, "an array");
        int index = 0;
        foreach (JsonElement element in Element.EnumerateArray())
        {
            yield return new(element, File, $"{Path}[{index++}]");
        }
    }

    /// <summary>One element of an array that is long enough.</summary>
    public JsonNode At(int index) => new(Element[index], File, $"{Path}[{index}]");

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, JsonNode Value)> Members()
    {
        Require(JsonValueKind.Object, "an object");
        foreach (JsonProperty property in Element.EnumerateObject())
        {
            yield return (NameOf(property), new(property.Value, File, Path));
        }
    }

    /// <summary>An error at this place.</summary>
    public TokenizerException Fault(string what) => new(File, $"{Place}: {what}");

    private string Kind => Element.ValueKind == JsonValueKind.Undefined ? "nothing" : Element.ValueKind.ToString().ToLowerInvariant();

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Fault("a name with half a surrogate pair; allowed: Unicode text");
        }
    }

    private void Require(JsonValueKind kind, string allowed)
    {
        if (Element.ValueKind != kind)
        {
            throw Fault($"{Kind} in place of {allowed}");
        }
    }
}
