namespace Cortex.Experiments.Results;

/// <summary>Writes a file so that nobody ever sees half of it: beside its place, flushed, then renamed.</summary>
public static class WholeFile
{
    /// <param name="write">Fills the file. If it throws, the old file stays.</param>
    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (FileStream file = File.Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text) => Write(path, file => file.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
