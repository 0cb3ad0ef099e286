using Cortex.Testing;

namespace Cortex.Peers.Tests.Vidur;

/// <summary>Packed CSV files without quotes, as Vidur's inputs and outputs are.</summary>
internal static class VidurCsv
{
    /// <summary>Each row as fields by column name.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(string path)
    {
        string[]? columns = null;
        foreach (string line in Gzip.Lines(path))
        {
            string[] fields = line.Split(',');
            if (columns is null)
            {
                columns = fields;
                continue;
            }
            yield return columns.Zip(fields).ToDictionary(field => field.First, field => field.Second);
        }
    }
}
