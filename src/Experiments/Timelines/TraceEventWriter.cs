using System.Text.Encodings.Web;
using System.Text.Json;
using Cortex.Policies;

namespace Cortex.Experiments.Timelines;

/// <summary>
/// Writes Chrome's trace-event format as a JSON object, event by event as they come, to be opened in Perfetto (ui.perfetto.dev). Times are
/// microseconds with three decimals, so that no nanosecond is lost. Same events, same bytes.
/// </summary>
/// <remarks>Source: "Trace Event Format", the Chromium project: phases <c>B</c>, <c>E</c>, <c>C</c> and <c>M</c>.</remarks>
internal sealed class TraceEventWriter : IDisposable
{
    private const int FlushAbove = 1 << 16;

    /// <summary>How every file begins.</summary>
    public static ReadOnlySpan<byte> Start => "{\"displayTimeUnit\":\"ms\",\"otherData\":{"u8;

    private readonly Utf8JsonWriter json;
    private bool argsAreOpen;

    /// <param name="output">Left open.</param>
    /// <param name="about">What the file is of, by name.</param>
    public TraceEventWriter(Stream output, IEnumerable<KeyValuePair<string, string>> about)
    {
        json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartObject("otherData");
        foreach ((string name, string value) in about)
        {
            json.WriteString(name, value);
        }
        json.WriteEndObject();
        json.WriteStartArray("traceEvents");
    }

    /// <summary>Names a process; smaller numbers stand higher.</summary>
    public void NameProcess(int process, string name)
    {
        Name("process_name", new(process, 0), name);
        Sort("process_sort_index", new(process, 0), process);
    }

    /// <summary>Names a track; within its process those with smaller <paramref name="place"/> stand higher.</summary>
    public void NameTrack(Track track, string name, long place)
    {
        Name("thread_name", track, name);
        Sort("thread_sort_index", track, place);
    }

    /// <summary>A span begins, inside the one that is open on its track. Arguments may follow; then <see cref="Close"/>.</summary>
    public void OpenBegin(Track track, Instant at, string category, string name)
    {
        Open("B", track, name);
        json.WriteString("cat", category);
        WriteTime(at);
    }

    /// <summary>The innermost open span of the track ends. Arguments may follow; then <see cref="Close"/>.</summary>
    public void OpenEnd(Track track, Instant at)
    {
        Open("E", track, name: null);
        WriteTime(at);
    }

    /// <summary>Values from this instant on, drawn as a stack. Arguments follow, one a series; then <see cref="Close"/>.</summary>
    public void OpenCounter(int process, Instant at, string name)
    {
        Open("C", new(process, 0), name);
        WriteTime(at);
    }

    public void Arg(string name, long value)
    {
        OpenArgs();
        json.WriteNumber(name, value);
    }

    public void Arg(string name, string value)
    {
        OpenArgs();
        json.WriteString(name, value);
    }

    /// <summary>The event is complete.</summary>
    public void Close()
    {
        if (argsAreOpen)
        {
            json.WriteEndObject();
            argsAreOpen = false;
        }
        json.WriteEndObject();
        if (json.BytesPending > FlushAbove)
        {
            json.Flush();
        }
    }

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.Dispose();
    }

    private void Open(string phase, Track track, string? name)
    {
        json.WriteStartObject();
        json.WriteString("ph", phase);
        json.WriteNumber("pid", track.Process);
        json.WriteNumber("tid", track.Thread);
        if (name is not null)
        {
            json.WriteString("name", name);
        }
    }

    private void OpenArgs()
    {
        if (!argsAreOpen)
        {
            json.WriteStartObject("args");
            argsAreOpen = true;
        }
    }

    private void WriteTime(Instant at) => json.WriteNumber("ts", at.Ns / 1000m);

    private void Name(string kind, Track track, string name)
    {
        Open("M", track, kind);
        Arg("name", name);
        Close();
    }

    private void Sort(string kind, Track track, long place)
    {
        Open("M", track, kind);
        Arg("sort_index", place);
        Close();
    }
}
