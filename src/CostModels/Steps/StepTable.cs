using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Cortex.CostModels;

/// <summary>
/// Reads measured steps from a CSV file with the columns <c>prefill_tokens, prefill_context, decode_sequences, decode_context, seconds</c>, in any order.
/// A row measures a prompt chunk (tokens, and tokens before it) or decodes (how many, and the tokens that each sees); the other two fields are 0.
/// The chunks make a grid, every number of tokens with every context, and so do the decodes.
/// </summary>
internal sealed class StepTable
{
    private static readonly string[] Columns = ["prefill_tokens", "prefill_context", "decode_sequences", "decode_context", "seconds"];
    private static readonly string Header = string.Join(", ", Columns);

    private readonly string file;
    private readonly SortedDictionary<(int Row, int Column), double> prefills = [];
    private readonly SortedDictionary<(int Row, int Column), double> decodes = [];

    private StepTable(string file) => this.file = file;

    /// <summary>What <see cref="Read"/> takes.</summary>
    public static string Allowed { get; } = $"a CSV file of measured steps with {Header}";

    /// <exception cref="CostModelException">There is no such file, or it holds no such table; the message names file and line.</exception>
    public static TableCost Read(string path)
    {
        StepTable table = new(path);
        try
        {
            using var parser = new CsvParser(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                TrimOptions = TrimOptions.Trim,
                BadDataFound = null,
            });
            table.Add(parser);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CostModelException($"{path}: {fault.Message}; allowed: {Allowed}");
        }
        return new(
            table.Grid(table.prefills, Columns[0], Columns[1]),
            table.Grid(table.decodes, Columns[2], Columns[3]));
    }

    private void Add(CsvParser parser)
    {
        string[] header = parser.Read() ? parser.Record! : [];
        int[] places = [.. Columns.Select(column => Array.IndexOf(header, column))];
        if (places.Contains(-1) || header.Length != Columns.Length)
        {
            throw Fault(parser, "the header is another", Header);
        }
        while (parser.Read())
        {
            if (parser.Count != header.Length)
            {
                throw Fault(parser, $"{parser.Count} fields", $"{header.Length}, as in the header");
            }
            AddRow(parser, [.. places.Select(place => parser[place])]);
        }
    }

    private void AddRow(CsvParser parser, string[] fields)
    {
        int[] counts = [.. fields[..^1].Select((field, index) => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw Fault(parser, $"{Columns[index]} is '{field}'", $"a whole number from 0 to {int.MaxValue}"))];
        if (!double.TryParse(fields[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || seconds is not (> 0 and <= CostModelFactory.LongestSeconds))
        {
            throw Fault(parser, $"seconds is '{fields[^1]}'", $"a number above 0, at most {CostModelFactory.LongestSeconds}");
        }
        bool added = counts switch
        {
            [> 0 and var tokens, var before, 0, 0] => prefills.TryAdd((tokens, before), seconds),
            [0, 0, > 0 and var sequences, > 0 and var context] => decodes.TryAdd((sequences, context), seconds),
            _ => throw Fault(parser, "neither a prompt chunk nor decodes", "prefill_tokens from 1 with decode_sequences and decode_context 0, or decode_sequences and decode_context from 1 with the others 0"),
        };
        if (!added)
        {
            throw Fault(parser, "this step stands in the table before", "each once");
        }
    }

    private TimeGrid Grid(SortedDictionary<(int Row, int Column), double> times, string rowName, string columnName)
    {
        int[] rows = [.. times.Keys.Select(key => key.Row).Distinct()];
        int[] columns = [.. times.Keys.Select(key => key.Column).Distinct().Order()];
        if (rows.Length == 0)
        {
            throw new CostModelException($"{file}: no row has {rowName} above 0; allowed: {Allowed}");
        }
        double[,] seconds = new double[rows.Length, columns.Length];
        foreach ((int i, int row) in rows.Index())
        {
            foreach ((int j, int column) in columns.Index())
            {
                seconds[i, j] = times.TryGetValue((row, column), out double time)
                    ? time
                    : throw new CostModelException($"{file}: no row has {rowName} {row} with {columnName} {column}; allowed: every {rowName} of the table with every {columnName}");
            }
        }
        return new(rows, columns, seconds);
    }

    private CostModelException Fault(CsvParser parser, string what, string allowed) => new($"{file}:{Math.Max(parser.RawRow, 1)}: {what}; allowed: {allowed}");
}
