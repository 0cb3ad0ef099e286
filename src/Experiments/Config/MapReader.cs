using System.Globalization;
using Cortex.Experiments.Config.Expressions;
using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>
/// Takes typed values out of one mapping. Every key that is asked for is thereby known; <see cref="Finish"/> refuses the others.
/// </summary>
internal sealed class MapReader(ConfigMap map, string path)
{
    private readonly List<string> known = [];

    public SourceMark Mark => map.Mark;

    public ConfigNode? Node(string key)
    {
        Know(key);
        return map.Find(key);
    }

    /// <summary>Null if the key is absent or has no value.</summary>
    public ConfigScalar? Scalar(string key)
    {
        switch (Node(key))
        {
            case null:
            case ConfigScalar { IsEmpty: true }:
                return null;
            case ConfigScalar scalar:
                return scalar;
            case { } other:
                throw Wrong(other.Mark, key, "one value");
        }
    }

    public string Text(string key, string otherwise) => Scalar(key)?.Text ?? otherwise;

    public string Choice(string key, IReadOnlyCollection<string> allowed, string otherwise)
    {
        if (Scalar(key) is not { } scalar)
        {
            return otherwise;
        }
        return allowed.Contains(scalar.Text)
            ? scalar.Text
            : throw new InputException(scalar.Mark, $"{Full(key)}: {NearestName.Unknown("value", scalar.Text, allowed)}");
    }

    public bool Flag(string key, bool otherwise) => Scalar(key) switch
    {
        null => otherwise,
        { Text: "true" } => true,
        { Text: "false" } => false,
        { } scalar => throw Wrong(scalar, key, "true or false"),
    };

    public long Integer(string key, long otherwise, long least, long most = int.MaxValue) =>
        Scalar(key) is { } scalar ? ToInteger(scalar, key, least, most, "") : otherwise;

    /// <summary>Null for <c>auto</c> and for an absent key.</summary>
    public int? IntegerOrAuto(string key, int least, int most = int.MaxValue) => Scalar(key) switch
    {
        null or { Text: "auto" } => null,
        { } scalar => (int)ToInteger(scalar, key, least, most, "auto, or "),
    };

    /// <param name="allowed">The range in words, for the error message.</param>
    public double Number(string key, double otherwise, Func<double, bool> accepts, string allowed)
    {
        if (Scalar(key) is not { } scalar)
        {
            return otherwise;
        }
        return double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) && accepts(value) ? value : throw Wrong(scalar, key, allowed);
    }

    /// <summary>A share, <c>25%</c> or <c>0.25</c>.</summary>
    /// <inheritdoc cref="Number"/>
    public double Share(string key, double otherwise, Func<double, bool> accepts, string allowed)
    {
        if (Scalar(key) is not { } scalar)
        {
            return otherwise;
        }
        return ExpressionValue.Of(scalar.Text) is { Number: { } share } && accepts(share) ? share : throw Wrong(scalar, key, allowed);
    }

    public Duration? Time(string key)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }
        return DurationText.TryParse(scalar.Text, out Duration duration) ? duration : throw Wrong(scalar, key, DurationText.Allowed);
    }

    /// <summary>A full path; what is written is relative to the folder of its file. Null if the key is absent.</summary>
    /// <param name="allowed">What is allowed, for the error message.</param>
    public string? Place(string key, string allowed)
    {
        if (Scalar(key) is not { } scalar)
        {
            return null;
        }
        return scalar.Text.Length > 0 && !scalar.Text.Contains('\0', StringComparison.Ordinal) ? Path.GetFullPath(scalar.Text, scalar.Mark.Folder) : throw Wrong(scalar, key, allowed);
    }

    /// <summary>The mapping below a key; an absent or empty one reads as a mapping without keys.</summary>
    public ConfigMap Map(string key) => Node(key) switch
    {
        null => new ConfigMap(map.Mark, []),
        ConfigScalar { IsEmpty: true } empty => new ConfigMap(empty.Mark, []),
        ConfigMap below => below,
        { } other => throw Wrong(other.Mark, key, "a mapping of keys to values"),
    };

    /// <summary>The mappings of a list, at least one.</summary>
    /// <param name="allowed">What is allowed, for the error message.</param>
    public IReadOnlyList<MapReader> List(string key, string allowed) => Node(key) switch
    {
        ConfigList { Items.Count: > 0 } list => [.. list.Items.Select(item => new MapReader(item as ConfigMap ?? throw Wrong(item.Mark, key, allowed), Full(key)))],
        { } other => throw Wrong(other.Mark, key, allowed),
        null => throw Wrong(map.Mark, key, allowed),
    };

    /// <summary>The values of a list, at least one; null if the key is absent.</summary>
    /// <inheritdoc cref="List"/>
    public IReadOnlyList<ConfigScalar>? Scalars(string key, string allowed) => Node(key) switch
    {
        null => null,
        ConfigList { Items.Count: > 0 } list => [.. list.Items.Select(item => item as ConfigScalar ?? throw Wrong(item.Mark, key, allowed))],
        { } other => throw Wrong(other.Mark, key, allowed),
    };

    public MapReader Below(string key) => new(Map(key), Full(key));

    public string Full(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>All keys that nobody asked for yet, each with one value.</summary>
    public IReadOnlyDictionary<string, string> Others()
    {
        var others = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (ConfigEntry entry in map.Entries)
        {
            if (!known.Contains(entry.Key) && Scalar(entry.Key) is { } scalar)
            {
                others.Add(entry.Key, scalar.Text);
            }
        }
        return others;
    }

    /// <summary>Refuses other keys at once, before the values below are looked at.</summary>
    /// <exception cref="InputException">Another key.</exception>
    public void Allow(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            Know(key);
        }
        Finish();
    }

    /// <exception cref="InputException">A key that nobody asked for.</exception>
    public void Finish()
    {
        foreach (ConfigEntry entry in map.Entries)
        {
            if (!known.Contains(entry.Key))
            {
                throw new InputException(entry.Mark, $"{(path.Length == 0 ? "" : path + ": ")}{NearestName.Unknown("key", entry.Key, known)}");
            }
        }
    }

    public InputException Wrong(ConfigScalar scalar, string key, string allowed) =>
        new(scalar.Mark, $"{Full(key)}: '{scalar.Text}' cannot be used; allowed: {allowed}");

    private InputException Wrong(SourceMark mark, string key, string allowed) => new(mark, $"{Full(key)}: allowed: {allowed}");

    private long ToInteger(ConfigScalar scalar, string key, long least, long most, string before) =>
        long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
        && value >= least && value <= most
            ? value
            : throw Wrong(scalar, key, $"{before}a whole number from {least} to {most}");

    /// <summary>Once only: what is known is shown to users.</summary>
    private void Know(string key)
    {
        if (!known.Contains(key))
        {
            known.Add(key);
        }
    }
}
