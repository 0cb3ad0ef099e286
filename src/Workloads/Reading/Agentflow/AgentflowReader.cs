using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// The project's own format, agentflow version 1: a header, then a workflow a line; times in microseconds. Read is the subset that is
/// played: calls, tools and people, dependencies, delays, guards, prompts as segments or as <c>base</c>, <c>keep</c>, <c>add</c>. A key that
/// would change the play and is not supported is a fault; keys that only describe are passed over.
/// </summary>
internal sealed class AgentflowReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private static readonly string[] HeaderKeys =
        ["format", "version", "replay", "source", "licence", "tokenizer", "native_block", "streams", "models", "tools", "notes", "programs"];

    private static readonly string[] WorkflowKeys = ["id", "arrival", "class", "priority", "nodes", "tenant", "slo", "success"];

    private readonly AgentflowStreams streams = new(builder);
    private readonly AgentflowNode node = new();
    private bool hasHeader;
    private long lastArrival;

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        json.BeginObject("the line");
        if (hasHeader)
        {
            ReadWorkflow(ref json);
        }
        else
        {
            ReadHeader(ref json);
            hasHeader = true;
        }
        json.End();
    }

    public void Finish()
    {
    }

    private void ReadHeader(ref JsonCursor json)
    {
        builder.PromptsContainOutputs = true;
        string? replay = null;
        int version = 0;
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "format": Demand(json.ReadString("format"), "agentflow", "format", json); break;
                case "version": version = json.ReadInt("version", least: 1); break;
                case "replay": replay = json.ReadString("replay"); break;
                case "native_block": builder.NativeBlock = json.ReadInt("native_block", least: 1); break;
                case "streams": ReadStreams(ref json); break;
                case "source" or "licence" or "tokenizer" or "models" or "tools" or "notes" or "programs": json.Skip(); break;
                default: throw json.UnknownKey("the header", HeaderKeys);
            }
        }
        builder.ClosedByDefault = replay switch
        {
            "closed" => true,
            "open" => false,
            _ => throw json.Fault($"replay is {(replay is null ? "missing" : $"'{replay}'")}", "closed, open"),
        };
        if (version != 1)
        {
            throw json.Fault($"version is {(version == 0 ? "missing" : version)}", "1");
        }
    }

    private static void Demand(string value, string only, string what, in JsonCursor json)
    {
        if (value != only)
        {
            throw json.Fault($"{what} is '{value}'", only);
        }
    }

    private void ReadStreams(ref JsonCursor json)
    {
        json.BeginObject("streams");
        while (json.NextKey())
        {
            string name = json.Key();
            int? tokens = null;
            json.BeginObject("a stream of the header");
            while (json.NextKey())
            {
                if (json.KeyIs("tokens"u8))
                {
                    tokens = json.ReadInt("tokens", least: 1);
                }
                else
                {
                    json.Skip();
                }
            }
            streams.Declare(name, tokens);
        }
    }

    private void ReadWorkflow(ref JsonCursor json)
    {
        string? id = null;
        long? arrival = null;
        string @class = "";
        int priority = 0;
        int first = builder.NextTag;
        streams.BeginWorkflow();
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "id": id = json.ReadString("id"); break;
                case "arrival": arrival = json.ReadTimeOrNull("arrival", TimeText.Microsecond); break;
                case "class": @class = string.Intern(json.ReadString("class")); break;
                case "priority": priority = json.ReadInt("priority", least: int.MinValue); break;
                case "nodes": ReadNodes(ref json, first); break;
                case "tenant" or "slo" or "success": json.Skip(); break;
                case "play": throw json.Unsupported("a workflow");
                default: throw json.UnknownKey("a workflow", WorkflowKeys);
            }
        }
        if (builder.NextTag == first)
        {
            throw json.Fault("nodes is missing or empty", "at least one node");
        }
        if (arrival < lastArrival)
        {
            throw json.Fault("arrival is earlier than in a workflow before", "workflows in order of arrival");
        }
        lastArrival = arrival ?? lastArrival;
        builder.AddWorkflow(id, first, arrival is long ns ? new Instant(ns) : null, @class, priority);
    }

    private void ReadNodes(ref JsonCursor json, int first)
    {
        json.BeginList("nodes");
        while (json.NextElement())
        {
            node.Read(ref json, builder, streams, first);
            int expected = builder.NextTag - first;
            if (node.Number != expected)
            {
                throw json.Fault($"n is {(node.Number < 0 ? "missing" : node.Number)}", $"{expected}: nodes are numbered from 0 in their order");
            }
            AddNode(first, json);
        }
    }

    private void AddNode(int first, in JsonCursor json)
    {
        ReadOnlySpan<int> deps = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(node.Deps);
        int tag;
        switch (node.Kind)
        {
            case NodeKind.Llm:
                BuildPrompt(first, json);
                if (node.Output < 0)
                {
                    throw json.Fault($"out is missing in node {node.Number}", "the call's output in tokens");
                }
                tag = builder.AddCall(
                    builder.Stage(node.Stage ?? "llm"), node.Output, deps, builder.NewStream(), node.DelayNs, node.DeclaredMax, node.Outcome);
                break;
            case NodeKind.Tool or NodeKind.Human when node.DurationNs < 0:
                throw json.Fault($"dur is missing in node {node.Number}", "the time it takes, in microseconds");
            case NodeKind.Tool:
                tag = builder.AddPause(
                    NodeKind.Tool, builder.Stage(node.Stage ?? node.Name ?? "tool"), node.DurationNs, deps, node.DelayNs, node.Outcome, node.Result, builder.NewStream());
                break;
            case NodeKind.Human:
                tag = builder.AddPause(NodeKind.Human, builder.Stage(node.Stage ?? "human"), node.DurationNs, deps, node.DelayNs, node.Outcome);
                break;
            default:
                throw json.Fault($"kind is missing in node {node.Number}", "llm, tool, human");
        }
        if (node.Guards.Count > 0)
        {
            builder.AddGuards(tag, [.. node.Guards]);
        }
    }

    private void BuildPrompt(int first, in JsonCursor json)
    {
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        if (node.HasPrompt == (node.Base >= 0))
        {
            throw json.Fault($"node {node.Number} has {(node.HasPrompt ? "prompt and base" : "no prompt")}", "either prompt or base");
        }
        if (node.Base >= 0)
        {
            AddBase(first, json);
        }
        foreach (Segment segment in node.HasPrompt ? node.Prompt : node.Added)
        {
            prompt.Add(segment.Stream, segment.Offset, segment.Length);
        }
        if (prompt.Tokens is 0 or > int.MaxValue)
        {
            throw json.Fault($"the prompt of node {node.Number} has {prompt.Tokens} tokens", $"1 to {int.MaxValue}");
        }
    }

    private void AddBase(int first, in JsonCursor json)
    {
        if (node.Base >= node.Number || builder.NodeAt(first + node.Base).Kind != NodeKind.Llm)
        {
            throw json.Fault($"base is {node.Base} in node {node.Number}", "an earlier llm node of the workflow");
        }
        Node parent = builder.NodeAt(first + node.Base);
        int left = node.Keep;
        foreach (Segment segment in parent.Prompt)
        {
            int length = Math.Min(left, segment.Length);
            builder.Prompt.Add(segment.Stream, segment.Offset, length);
            left -= length;
        }
        builder.Prompt.Add(parent.Output, 0, parent.OutputTokens);
    }
}
