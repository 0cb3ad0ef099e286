using Cortex.Experiments.Config;

namespace Cortex.Experiments.Results;

/// <summary>Writes a file so that nobody ever sees half of it: beside its place, flushed, then renamed.</summary>
public static class WholeFile
{
    private const string Ending = ".tmp";

    /// <param name="write">Fills the file. If it throws, the old file stays.</param>
    /// <exception cref="InputException">The file system refuses: no permission, no space, a folder of that name. Or the name is empty, or a device.</exception>
    public static void Write(string path, Action<Stream> write) => Beside(path, temporary =>
    {
        // Locked until it has its name, or another process that clears leftovers away could take it for one.
        using FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.Delete);
        write(file);
        file.Flush(flushToDisk: true);
        File.Move(temporary, path, overwrite: true);
    });

    /// <summary>Tries whether a file of this name could be written, before time is spent on what could not be kept. Makes its folder.</summary>
    /// <exception cref="InputException">It could not.</exception>
    public static void RequireWritable(string path) => Beside(path, temporary => File.Create(temporary).Dispose());

    /// <summary>UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text) => Write(path, file => file.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Deletes temporary files of writers that were killed. Those that somebody is writing, perhaps on another machine, are locked, and stay.</summary>
    internal static void RemoveLeftovers(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }
        foreach (string file in Directory.GetFiles(folder, $"*.*{Ending}").Order(StringComparer.Ordinal))
        {
            try
            {
                using var nobodyElse = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            Delete(file);
        }
    }

    private static void Beside(string path, Action<string> work)
    {
        if (path.Length == 0)
        {
            throw new InputException("'' is no name; allowed: the name of a file");
        }
        if (IsDevice(Path.GetFullPath(path)))
        {
            throw new InputException($"{path}: a device; allowed: the name of a file");
        }
        string temporary = $"{path}.{Environment.ProcessId}{Ending}";
        try
        {
            string full = Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? full);
            work(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written: {(fault is DirectoryNotFoundException ? "there can be no such folder" : FileFault.Of(fault))}");
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>A file that is renamed to the name of a device takes its place, for every program of the machine.</summary>
    private static bool IsDevice(string full) =>
        full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be deleted nothing was created; the fault of the writing is told.
        }
    }
}
