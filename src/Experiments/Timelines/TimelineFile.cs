using Cortex.Experiments.Config;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Timelines;

/// <summary>Timelines on disk: written whole or not at all.</summary>
internal static class TimelineFile
{
    /// <exception cref="InputException">There can be no such file, or there is one that is no timeline: a slip of the finger must not cost a trace.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (File.Exists(path) && !MayBeReplaced(path))
        {
            throw new InputException($"--timeline {path}: the file exists and is no timeline; allowed: a new file, or a timeline to be replaced");
        }
        WholeFile.Write(path, write);
    }

    /// <summary>Empty, or begins as every timeline does.</summary>
    private static bool MayBeReplaced(string path)
    {
        ReadOnlySpan<byte> start = TraceEventWriter.Start;
        Span<byte> first = stackalloc byte[start.Length];
        using FileStream file = File.OpenRead(path);
        return file.Length == 0 || first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)].SequenceEqual(start);
    }
}
