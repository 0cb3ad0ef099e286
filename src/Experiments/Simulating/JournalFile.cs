using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Serving.Journal;

namespace Cortex.Experiments.Simulating;

/// <summary>Journals of runs. Written in place, not renamed at the end: what a killed run leaves is worth reading.</summary>
internal static class JournalFile
{
    /// <exception cref="InputException">There can be no such file.</exception>
    public static JournalWriter Create(string path, CellPlay play)
    {
        string costs = $"{play.Cell.Costs.Model} {string.Join(' ', play.Cell.Costs.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}"))}".TrimEnd();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new(File.Create(path), JournalHeader.Of(play.Settings, play.Policies, Encoding.UTF8.GetString(CellJson.Bytes(play.Cell)), costs));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--journal {path}: {fault.Message}; allowed: a file that can be written");
        }
    }
}
