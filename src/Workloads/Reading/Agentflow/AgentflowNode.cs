using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>A node of an agentflow line, parsed but not yet checked as a whole; reused.</summary>
internal sealed class AgentflowNode
{
    private static readonly string[] Known =
    [
        "n", "kind", "deps", "delay", "stage", "outcome", "when", "prompt", "base", "keep", "add", "out", "max_tokens", "name", "dur", "result",
        "model", "agent", "obs", "reason", "stream", "stop", "err", "res", "tokens", "alt", "args", "effect", "guess",
    ];

    public readonly List<int> Deps = [];
    public readonly List<Segment> Prompt = [];
    public readonly List<Segment> Added = [];
    public readonly List<Guard> Guards = [];
    public int Number = -1;
    public NodeKind? Kind;
    public long DelayNs;
    public string? Stage;
    public string? Name;
    public ushort Outcome;
    public bool HasPrompt;
    public int Base = -1;
    public int Keep = int.MaxValue;
    public int Output = -1;
    public int DeclaredMax;
    public long DurationNs = -1;
    public int Result;

    /// <summary>Reads the object at the cursor.</summary>
    /// <param name="json">Where the node stands.</param>
    /// <param name="builder">For outcomes.</param>
    /// <param name="streams">For segments.</param>
    /// <param name="firstTag">Tag of the workflow's first node.</param>
    public void Read(ref JsonCursor json, WorkloadBuilder builder, AgentflowStreams streams, int firstTag)
    {
        Clear();
        json.BeginObject("a node");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "n": Number = json.ReadInt("n", least: 0); break;
                case "kind": Kind = ReadKind(ref json); break;
                case "deps": ReadDeps(ref json, firstTag, builder.NextTag); break;
                case "delay": DelayNs = json.ReadTime("delay", TimeText.Microsecond); break;
                case "stage": Stage = json.ReadString("stage"); break;
                case "name": Name = json.ReadString("name"); break;
                case "outcome": Outcome = builder.Outcome(json.ReadString("outcome")); break;
                case "when": ReadGuards(ref json, builder, firstTag); break;
                case "prompt": HasPrompt = true; ReadSegments(ref json, Prompt, streams, firstTag); break;
                case "base": Base = json.ReadInt("base", least: 0); break;
                case "keep": Keep = json.ReadInt("keep", least: 0); break;
                case "add": ReadSegments(ref json, Added, streams, firstTag); break;
                case "out": Output = json.ReadInt("out", least: 0); break;
                case "max_tokens": DeclaredMax = json.ReadInt("max_tokens", least: 1); break;
                case "dur": DurationNs = json.ReadTime("dur", TimeText.Microsecond); break;
                case "result": Result = json.ReadInt("result", least: 0); break;
                case "model" or "agent" or "obs" or "reason" or "stream" or "stop" or "err" or "res" or "tokens" or "alt" or "args" or "effect" or "guess":
                    json.Skip();
                    break;
                case "after_start" or "emits" or "dist" or "background" or "at" or "timeout" or "retry": throw json.Unsupported("a node");
                default: throw json.UnknownKey("a node", Known);
            }
        }
    }

    private void Clear()
    {
        Deps.Clear();
        Prompt.Clear();
        Added.Clear();
        Guards.Clear();
        Number = Base = Output = -1;
        DurationNs = -1;
        Kind = null;
        Stage = Name = null;
        HasPrompt = false;
        Keep = int.MaxValue;
        DelayNs = DeclaredMax = Result = Outcome = 0;
    }

    private static NodeKind ReadKind(ref JsonCursor json) => json.ReadString("kind") switch
    {
        "llm" => NodeKind.Llm,
        "tool" => NodeKind.Tool,
        "human" => NodeKind.Human,
        string other => throw json.Fault($"kind is '{other}'", "llm, tool, human"),
    };

    private static int ReadEarlier(ref JsonCursor json, string what, int firstTag, int nextTag)
    {
        int n = json.ReadInt(what, least: 0);
        return n < nextTag - firstTag ? firstTag + n : throw json.Fault($"{what} is {n}", "an earlier node of the workflow");
    }

    private void ReadDeps(ref JsonCursor json, int firstTag, int nextTag)
    {
        json.BeginList("deps");
        while (json.NextElement())
        {
            AddDep(ReadEarlier(ref json, "an element of deps", firstTag, nextTag));
        }
    }

    private void AddDep(int tag)
    {
        if (!Deps.Contains(tag))
        {
            Deps.Add(tag);
        }
    }

    /// <summary>A guard needs its node's outcome, so its node is a dependency as well.</summary>
    private void ReadGuards(ref JsonCursor json, WorkloadBuilder builder, int firstTag)
    {
        json.BeginList("when");
        while (json.NextElement())
        {
            int node = -1;
            List<ushort> outcomes = [];
            json.BeginObject("a condition of when");
            while (json.NextKey())
            {
                switch (json.Key())
                {
                    case "node": node = ReadEarlier(ref json, "node of when", firstTag, builder.NextTag); break;
                    case "is": ReadOutcomes(ref json, builder, outcomes); break;
                    default: throw json.UnknownKey("a condition of when", "node", "is");
                }
            }
            if (node < 0 || outcomes.Count == 0)
            {
                throw json.Fault("a condition of when lacks node or is", "{\"node\": n, \"is\": [outcomes]}");
            }
            Guards.Add(new Guard(node, [.. outcomes]));
            AddDep(node);
        }
    }

    private static void ReadOutcomes(ref JsonCursor json, WorkloadBuilder builder, List<ushort> outcomes)
    {
        json.BeginList("is");
        while (json.NextElement())
        {
            outcomes.Add(builder.Outcome(json.ReadString("an outcome")));
        }
    }

    private static void ReadSegments(ref JsonCursor json, List<Segment> into, AgentflowStreams streams, int firstTag)
    {
        into.Clear();
        json.BeginList("a prompt");
        while (json.NextElement())
        {
            json.BeginList("a segment");
            string? name = json.NextElement() ? json.ReadString("a segment's stream") : null;
            int offset = name is not null && json.NextElement() ? json.ReadInt("a segment's offset", least: 0) : -1;
            int length = offset >= 0 && json.NextElement() ? json.ReadInt("a segment's length", least: 1) : 0;
            if (length == 0 || json.NextElement())
            {
                throw json.Fault("a segment is not a triple", "[\"stream\", offset, length]");
            }
            into.Add(new Segment(streams.Find(name!, (long)offset + length, firstTag, json), offset, length));
        }
    }
}
