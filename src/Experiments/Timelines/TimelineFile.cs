using Cortex.Experiments.Config;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Timelines;

/// <summary>Timelines on disk: written whole or not at all.</summary>
internal static class TimelineFile
{
    /// <exception cref="InputException">There can be no such file, or there is one that is no timeline: a slip of the finger must not cost a trace.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        OwnFile.RefuseOther("--timeline", path, "a timeline", start => start.AsSpan().StartsWith(TraceEventWriter.Start));
        WholeFile.Write(path, write);
    }
}
