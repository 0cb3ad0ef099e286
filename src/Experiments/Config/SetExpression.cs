using System.Globalization;

namespace Cortex.Experiments.Config;

/// <summary>One override of the command line or the environment: <c>key=value</c> sets, <c>key=a,b</c> and <c>key=1..8</c> make a sweep axis.</summary>
/// <param name="Key">Dotted, such as <c>workload.load</c>.</param>
/// <param name="Values">At least one.</param>
public sealed record SetExpression(SourceMark Mark, string Key, IReadOnlyList<ConfigScalar> Values)
{
    private const string Grammar = "allowed: key=value, key=a,b or key=1..8";

    /// <param name="text">Such as <c>workload.load=0.5,1</c>; see also <see cref="EnvironmentSettings.Under"/>.</param>
    /// <exception cref="InputException">Not of that form.</exception>
    public static SetExpression Parse(string text)
    {
        (string origin, text) = EnvironmentSettings.Source(text);
        var mark = new SourceMark(origin, 0, 0, Directory.GetCurrentDirectory());
        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
        {
            throw new InputException(mark, $"no '='; {Grammar}");
        }
        string key = text[..at].Trim();
        if (key.Split('.').Any(part => part.Length == 0 || part.Any(char.IsWhiteSpace)))
        {
            throw new InputException(mark, $"'{key}' is not a key; {Grammar}");
        }
        var values = new List<ConfigScalar>();
        foreach (string value in text[(at + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (value.Length == 0)
            {
                throw new InputException(mark, $"a value is missing; {Grammar}");
            }
            values.AddRange(Expand(new ConfigScalar(mark, value)));
        }
        return new SetExpression(mark, key, values);
    }

    /// <summary>All overrides of a command line.</summary>
    /// <exception cref="InputException">One that is not of that form, or a key that is set twice: which one is meant?</exception>
    public static IReadOnlyList<SetExpression> ParseAll(IReadOnlyList<string> texts)
    {
        var parsed = new List<SetExpression>();
        foreach (string text in texts)
        {
            SetExpression expression = Parse(text);
            if (parsed.FirstOrDefault(earlier => earlier.Key == expression.Key) is { } twice)
            {
                throw new InputException(expression.Mark, $"{expression.Key} is set twice, also by {twice.Mark}; allowed: once, with several values as {expression.Key}=a,b");
            }
            parsed.Add(expression);
        }
        return parsed;
    }

    /// <summary>A range such as <c>1..8</c> as its whole numbers, ends included; anything else as it is.</summary>
    /// <exception cref="InputException">A range that runs backwards or is longer than 10,000.</exception>
    public static IReadOnlyList<ConfigScalar> Expand(ConfigScalar scalar)
    {
        string[] ends = scalar.Text.Split("..");
        if (ends.Length != 2 || !TryInteger(ends[0], out int first) || !TryInteger(ends[1], out int last))
        {
            return [scalar];
        }
        if (last < first || (long)last - first >= 10_000)
        {
            throw new InputException(scalar.Mark, $"range '{scalar.Text}'; allowed: from the smaller to the larger, at most 10,000 values");
        }
        var values = new List<ConfigScalar>();
        for (int value = first; value <= last; value++)
        {
            values.Add(scalar with { Text = value.ToString(CultureInfo.InvariantCulture) });
        }
        return values;
    }

    private static bool TryInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
