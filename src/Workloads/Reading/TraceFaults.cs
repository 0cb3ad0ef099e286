using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Turns what reading a trace can throw into faults of one line.</summary>
internal static class TraceFaults
{
    private const string DamagedGzip = "the gzip data are damaged or end too early";

    /// <summary>The fault that an exception stands for; null if it is a fault of the program.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="source">What was read.</param>
    /// <param name="line">Number of the line last read.</param>
    public static TraceException? Of(Exception exception, TraceSource source, long line) => exception switch
    {
        InvalidDataException => new(source.Name, line + 1, DamagedGzip, "a whole gzip file"),
        // The faulty text may be what unpacking made of data that are not there.
        TraceException or JsonException when source.IsDamaged() => new(source.Name, 0, DamagedGzip, "a whole gzip file"),
        TraceException fault => fault,
        JsonException e => new(source.Name, line, $"no valid JSON at byte {e.BytePositionInLine + 1} of the line", "one JSON object a line"),
        OverflowException => new(source.Name, line, "a sum or a count is too large", $"at most {int.MaxValue} tokens a prompt, {ushort.MaxValue} stages and outcomes"),
        FileNotFoundException or DirectoryNotFoundException => new(source.Name, 0, "there is no such file", "the path of a trace"),
        NotSupportedException => new(source.Name, 0, "a pipe, which can be read only once", "a file"),
        IOException or UnauthorizedAccessException => new(source.Name, 0, "the file cannot be read", "a readable file"),
        _ => null,
    };

    /// <summary>True if nothing behind the fault can be read.</summary>
    public static bool IsOfFile(TraceException fault) => fault.Line == 0 || fault.Message.Contains(DamagedGzip, StringComparison.Ordinal);
}
