using System.Globalization;

namespace Cortex.Experiments.Results;

/// <summary>The one way in which this project writes CSV: RFC 4180 quoting, LF at line ends, invariant culture.</summary>
public static class CsvText
{
    /// <summary>
    /// Nine significant digits: more than any interval deserves, and few enough that the last bit of a mathematical library, which differs between
    /// machines, does not show. Null is an empty field.
    /// </summary>
    public static string Number(double? value) => value?.ToString("G9", CultureInfo.InvariantCulture) ?? "";

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A line with its end.</summary>
    public static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Quote)) + "\n";

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
