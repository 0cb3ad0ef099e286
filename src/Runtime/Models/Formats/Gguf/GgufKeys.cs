using System.Globalization;

namespace Cortex.Runtime.Models;

/// <summary>The keys of a GGUF file, read by type and range.</summary>
/// <param name="place">What messages call the file.</param>
/// <param name="values">What <see cref="GgufCursor.Value"/> reads, by key.</param>
internal sealed class GgufKeys(string place, IReadOnlyDictionary<string, object> values)
{
    public string Place => place;

    /// <exception cref="ModelException">Not a whole number in this range, or absent.</exception>
    public int Int(string key, int least, int most) => OptionalInt(key, least, most) ?? throw Missing(key);

    /// <exception cref="ModelException">Not a whole number in this range.</exception>
    public int? OptionalInt(string key, int least, int most) => values.GetValueOrDefault(key) switch
    {
        null => null,
        Int128 number when number >= least && number <= most => (int)number,
        { } value => throw Wrong(key, value, $"a whole number from {least} to {most}"),
    };

    /// <exception cref="ModelException">Not a finite number above 0.</exception>
    public double? OptionalNumber(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        double number when number > 0 && double.IsFinite(number) => number,
        Int128 number when number > 0 => (double)number,
        { } value => throw Wrong(key, value, "a number above 0"),
    };

    /// <exception cref="ModelException">Not a text, or absent.</exception>
    public string Text(string key) => OptionalText(key) ?? throw Missing(key);

    /// <exception cref="ModelException">Not a text.</exception>
    public string? OptionalText(string key) => Optional<string>(key, "a text");

    /// <exception cref="ModelException">Neither true nor false.</exception>
    public bool? OptionalBool(string key) => values.GetValueOrDefault(key) switch
    {
        null => null,
        bool value => value,
        { } value => throw Wrong(key, value, "true or false"),
    };

    /// <summary>Empty if absent.</summary>
    /// <exception cref="ModelException">Not a list of texts.</exception>
    public string[] Texts(string key) => Optional<string[]>(key, "a list of texts") ?? [];

    /// <summary>Empty if absent.</summary>
    /// <exception cref="ModelException">Not a list of whole numbers.</exception>
    public long[] Longs(string key) => Optional<long[]>(key, "a list of whole numbers") ?? [];

    /// <summary>Empty if absent.</summary>
    /// <exception cref="ModelException">Not a list of numbers.</exception>
    public double[] Numbers(string key) => Optional<double[]>(key, "a list of numbers") ?? [];

    private T? Optional<T>(string key, string allowed)
        where T : class => values.GetValueOrDefault(key) switch
        {
            null => null,
            T value => value,
            { } value => throw Wrong(key, value, allowed),
        };

    private ModelException Missing(string key) => new($"{place}: key {Shown.Quoted(key)} is missing");

    private ModelException Wrong(string key, object value, string allowed) =>
        new($"{place}: key {Shown.Quoted(key)} must be {allowed}, is {(value is Array ? "a list" : Shown.Quoted(Convert.ToString(value, CultureInfo.InvariantCulture)!))}");
}
