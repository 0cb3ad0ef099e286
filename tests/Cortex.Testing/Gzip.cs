using System.IO.Compression;

namespace Cortex.Testing;

/// <summary>Text files packed by gzip.</summary>
public static class Gzip
{
    /// <summary>The lines of a file, unpacked while they are read. A file whose name does not end in <c>.gz</c> is read as it is.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(text);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
