using System.IO.Compression;

namespace Cortex.Experiments.Results;

/// <summary>Writes a file that is packed by gzip if its name ends in <c>.gz</c>.</summary>
internal static class PackedFile
{
    /// <param name="path">Names the file.</param>
    /// <param name="file">Takes its bytes; left open.</param>
    /// <param name="write">Writes the content.</param>
    public static T Write<T>(string path, Stream file, Func<Stream, T> write)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return write(file);
        }
        using GZipStream gzip = new(file, CompressionLevel.Optimal, leaveOpen: true);
        return write(gzip);
    }
}
