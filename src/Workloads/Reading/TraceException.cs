namespace Cortex.Workloads;

/// <summary>A fault in a trace file, told in one line: file, line, what is wrong, what is allowed.</summary>
public sealed class TraceException : Exception
{
    /// <param name="file">The file as the user named it.</param>
    /// <param name="line">Line of the (unpacked) file, from 1; 0 if the fault is in the file as a whole.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="allowed">What would be right.</param>
    public TraceException(string file, long line, string what, string allowed)
        : base(OneLine(line > 0 ? $"{file}:{line}: {what}; allowed: {allowed}" : $"{file}: {what}; allowed: {allowed}"))
    {
        File = file;
        Line = line;
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>Line of the (unpacked) file, from 1; 0 if the fault is in the file as a whole.</summary>
    public long Line { get; }

    // Quoted input may hold anything, and a message is one line all the same.
    private static string OneLine(string text) =>
        string.Create(text.Length, text, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
}
