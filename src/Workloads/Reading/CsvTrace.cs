using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Cortex.Workloads;

/// <summary>Reads a CSV trace row by row, by the names of its columns, and tells faults with their line.</summary>
internal sealed class CsvTrace : IDisposable
{
    private readonly string file;
    private readonly CsvParser parser;
    private readonly int[] columns;
    private readonly string[] names;
    private readonly int[] optional;
    private readonly int width;

    /// <param name="file">For faults.</param>
    /// <param name="stream">The unpacked bytes; owned.</param>
    /// <param name="names">The columns wanted; each must stand in the header.</param>
    /// <param name="optional">Columns read if they are there.</param>
    public CsvTrace(string file, Stream stream, string[] names, params string[] optional)
    {
        this.file = file;
        this.names = names;
        parser = new CsvParser(new StreamReader(stream), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = _ => throw Fault("a quotation mark stands within a field", "fields separated by commas, quoted as a whole or not at all"),
        });
        string[] header = parser.Read() ? parser.Record! : [];
        width = header.Length;
        columns = [.. names.Select(name => Array.IndexOf(header, name))];
        this.optional = [.. optional.Select(name => Array.IndexOf(header, name))];
        int missing = Array.IndexOf(columns, -1);
        if (missing >= 0)
        {
            throw Fault($"column {names[missing]} is missing", $"a header with {string.Join(", ", names)}");
        }
    }

    /// <summary>Steps to the next row. False at the end.</summary>
    public bool Next()
    {
        if (!parser.Read())
        {
            return false;
        }
        return parser.Count == width ? true : throw Fault($"{parser.Count} fields", $"{width}, as in the header");
    }

    /// <summary>The field of wanted column <paramref name="column"/>.</summary>
    public string Text(int column) => parser[columns[column]];

    /// <summary>True if the trace has an optional column.</summary>
    public bool HasOptional(int column) => optional[column] >= 0;

    /// <summary>The field of an optional column; null if the trace does not have it.</summary>
    public string? OptionalText(int column) => optional[column] < 0 ? null : parser[optional[column]];

    /// <summary>A whole number from <paramref name="least"/> to the largest int.</summary>
    public int Int(int column, int least) =>
        int.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least
            ? value
            : throw FieldFault(column, $"a whole number from {least} to {int.MaxValue}");

    /// <summary>The fault of a field.</summary>
    public TraceException FieldFault(int column, string allowed) => Fault($"{names[column]} is '{Shortened(Text(column))}'", allowed);

    /// <summary>A fault of the row.</summary>
    public TraceException Fault(string what, string allowed) => new(file, Math.Max(parser.RawRow, 1), what, allowed);

    public void Dispose() => parser.Dispose();

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
