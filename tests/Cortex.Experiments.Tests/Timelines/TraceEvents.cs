using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Cortex.Experiments.Tests.Timelines;

/// <summary>A span of a timeline with all that was said of it.</summary>
internal sealed record Span(string Process, string Track, string Category, string Name, long FromNs, long ToNs, Dictionary<string, string> Args, Span? Parent);

/// <summary>
/// A file in Chrome's trace-event format, checked as it is read: the members that each phase must have and no others, times that never go
/// back, spans that nest on their track and all end, names for every process and track.
/// </summary>
internal sealed class TraceEvents
{
    private readonly Dictionary<(int Process, int Thread), Stack<Span>> open = [];
    private readonly Dictionary<int, string> processes = [];
    private readonly Dictionary<(int Process, int Thread), string> tracks = [];
    private long lastNs;

    private TraceEvents(JsonElement file)
    {
        Assert.Equal(["displayTimeUnit", "otherData", "traceEvents"], file.EnumerateObject().Select(member => member.Name));
        Assert.Contains(file.GetProperty("displayTimeUnit").GetString(), (string[])["ms", "ns"]);
        foreach (JsonElement e in file.GetProperty("traceEvents").EnumerateArray())
        {
            Take(e);
        }
        Assert.All(open.Values, Assert.Empty);
    }

    public List<Span> Spans { get; } = [];

    /// <summary>Values of each counter in order of time.</summary>
    public SortedDictionary<string, List<(long Ns, Dictionary<string, string> Values)>> Counters { get; } = new(StringComparer.Ordinal);

    public static TraceEvents Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new(document.RootElement);
    }

    public IEnumerable<Span> Of(string category) => Spans.Where(span => span.Category == category);

    private void Take(JsonElement e)
    {
        Dictionary<string, JsonElement> members = e.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        string phase = members["ph"].GetString()!;
        int process = members["pid"].GetInt32();
        (int, int) track = (process, members["tid"].GetInt32());
        string[] needed = phase switch
        {
            "B" => ["ph", "pid", "tid", "name", "cat", "ts"],
            "E" => ["ph", "pid", "tid", "ts"],
            "C" => ["ph", "pid", "tid", "name", "ts", "args"],
            "M" => ["ph", "pid", "tid", "name", "args"],
            _ => throw new InvalidDataException($"phase {phase}"),
        };
        Assert.Equal(needed, members.Keys.Where(name => name != "args" || needed.Contains("args")));
        Dictionary<string, string> args = members.TryGetValue("args", out JsonElement values)
            ? values.EnumerateObject().ToDictionary(arg => arg.Name, arg => arg.Value.ToString())
            : [];
        if (phase == "M")
        {
            Describe(members["name"].GetString()!, process, track, values);
            return;
        }
        long ns = (long)(members["ts"].GetDecimal() * 1000);
        Assert.Equal(members["ts"].GetDecimal(), ns / 1000m);
        Assert.True(ns >= lastNs, $"time goes back from {lastNs} to {ns}");
        lastNs = ns;
        switch (phase)
        {
            case "B":
                Assert.True(tracks.ContainsKey(track), $"track {track} has no name");
                Begin(track, members["cat"].GetString()!, members["name"].GetString()!, ns, args);
                break;
            case "E":
                End(track, ns, args);
                break;
            default:
                Assert.All(values.EnumerateObject(), value => Assert.Equal(JsonValueKind.Number, value.Value.ValueKind));
                string name = $"{processes[process]}/{members["name"].GetString()}";
                if (!Counters.TryGetValue(name, out List<(long, Dictionary<string, string>)>? counter))
                {
                    Counters.Add(name, counter = []);
                }
                counter.Add((ns, args));
                break;
        }
    }

    private void Describe(string kind, int process, (int, int) track, JsonElement args)
    {
        switch (kind)
        {
            case "process_name":
                processes.Add(process, args.GetProperty("name").GetString()!);
                break;
            case "thread_name":
                tracks.Add(track, args.GetProperty("name").GetString()!);
                break;
            default:
                Assert.Contains(kind, (string[])["process_sort_index", "thread_sort_index"]);
                Assert.Equal(JsonValueKind.Number, args.GetProperty("sort_index").ValueKind);
                break;
        }
    }

    private void Begin((int Process, int Thread) track, string category, string name, long ns, Dictionary<string, string> args)
    {
        if (!open.TryGetValue(track, out Stack<Span>? stack))
        {
            open.Add(track, stack = new());
        }
        stack.Push(new(processes[track.Process], tracks[track], category, name, ns, -1, args, stack.TryPeek(out Span? parent) ? parent : null));
    }

    private void End((int Process, int Thread) track, long ns, Dictionary<string, string> args)
    {
        Span span = open[track].Pop();
        foreach ((string name, string value) in args)
        {
            span.Args.Add(name, value);
        }
        Spans.Add(span with { ToNs = ns });
    }

    /// <summary>Seconds with nine decimals, as <c>calls.csv</c> writes them.</summary>
    public static string Seconds(long ns) => string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000_000}.{ns % 1_000_000_000:D9}");
}
