using System.Globalization;
using System.Text.Json;

namespace Cortex.Runtime.Models;

/// <summary>The keys of one JSON object, read by type and range. A key that is absent and one that is null are the same.</summary>
/// <param name="place">What messages call the object.</param>
/// <param name="root">The object.</param>
internal sealed class JsonSettings(string place, JsonElement root)
{
    public string Place => place;

    public IEnumerable<string> Keys => root.EnumerateObject().Select(entry => entry.Name);

    public bool Has(string key) => Value(key) is not null;

    /// <summary>The value as it is; null if absent.</summary>
    public JsonElement? Value(string key) =>
        root.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <exception cref="ModelException">Not a whole number in this range, or absent.</exception>
    public int Int(string key, int least, int most) => OptionalInt(key, least, most) ?? throw Missing(key);

    /// <exception cref="ModelException">Not a whole number in this range.</exception>
    public int? OptionalInt(string key, int least, int most) => Value(key) is { } value ? AsInt(key, value, least, most) : null;

    /// <summary>A whole number, or a list of such; empty if absent.</summary>
    public IEnumerable<int> Ints(string key, int least, int most) => Value(key) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(item => AsInt(key, item, least, most)),
        { } one => [AsInt(key, one, least, most)],
    };

    /// <exception cref="ModelException">Not a number above <paramref name="above"/>.</exception>
    public double? OptionalNumber(string key, double above = 0)
    {
        if (Value(key) is not { } value)
        {
            return null;
        }
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) && number > above
            ? number
            : throw Wrong(key, value, $"a number above {above.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <exception cref="ModelException">Not such a number, or absent.</exception>
    public double Number(string key, double above = 0) => OptionalNumber(key, above) ?? throw Missing(key);

    /// <exception cref="ModelException">Neither true nor false.</exception>
    public bool? OptionalBool(string key) => Value(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(key, value, "true or false"),
    };

    /// <exception cref="ModelException">Not a text.</exception>
    public string? OptionalText(string key) => Value(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => throw Wrong(key, value, "a text"),
    };

    /// <exception cref="ModelException">Not an object.</exception>
    public JsonSettings? OptionalObject(string key) => Value(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new($"{place}: {key}", value),
        { } value => throw Wrong(key, value, "an object"),
    };

    public ModelException Missing(string key) => new($"{place}: {Shown.Quoted(key)} is missing");

    public ModelException Wrong(string key, JsonElement value, string allowed) =>
        new($"{place}: {Shown.Quoted(key)} must be {allowed}, is {Shown.Quoted(value.GetRawText())}");

    private int AsInt(string key, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most
            ? (int)number
            : throw Wrong(key, value, $"a whole number from {least} to {most}");
}
