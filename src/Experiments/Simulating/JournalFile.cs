using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Results;
using Cortex.Serving.Journal;

namespace Cortex.Experiments.Simulating;

/// <summary>Journals of runs. Written in place, not renamed at the end: what a killed run leaves is worth reading.</summary>
internal static class JournalFile
{
    /// <param name="ahead">See <see cref="JournalWriter"/>.</param>
    /// <exception cref="InputException">There can be no such file, or there is one that is no journal: a slip of the finger must not cost a trace.</exception>
    public static JournalWriter Create(string path, CellPlay play, bool ahead = false)
    {
        string costs = $"{play.Cell.Costs.Model} {string.Join(' ', play.Cell.Costs.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}"))}".TrimEnd();
        try
        {
            OwnFile.RefuseOther("--journal", path, "a journal", start => JournalReader.IsJournal(start));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new(new JournalStream(path), JournalHeader.Of(play.Settings, play.Policies, Encoding.UTF8.GetString(CellJson.Bytes(play.Cell)), costs), ahead);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unwritable(path, fault);
        }
    }

    public static InputException Unwritable(string path, Exception fault) => new($"--journal {path}: {FileFault.Of(fault)}; allowed: a file that can be written");
}
