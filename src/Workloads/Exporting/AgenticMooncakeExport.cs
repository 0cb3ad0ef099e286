using System.Globalization;
using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>
/// Writes NVIDIA's request graphs, version 2. Tools and people are delays of dependencies, exactly; ids of blocks are the file's, so that
/// tools which ignore <c>hash_id_scope</c> read them as meant. The block size is the trace's own, or 64.
/// </summary>
internal sealed class AgenticMooncakeExport : ITraceWriter
{
    private const int DefaultBlock = 64;

    private readonly AgentflowHeader header;
    private readonly Stream output;
    private readonly Utf8JsonWriter json;
    private readonly BlockIds ids;
    private readonly LossCount lost = new();
    private readonly Dictionary<string, long> playStarts = [];

    public AgenticMooncakeExport(AgentflowHeader header, Stream output)
    {
        this.header = header;
        this.output = output;
        int block = header.NativeBlock > 0 ? header.NativeBlock : DefaultBlock;
        ids = new(header, block);
        json = new(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("schema", "dynamo.agentic_mooncake");
        json.WriteNumber("version", 2);
        json.WriteNumber("block_size", block);
        json.WriteString("hash_id_scope", "global");
        json.WriteStartObject("source");
        json.WriteString("format", "agentflow");
        json.WriteString("name", header.Source ?? "");
        json.WriteEndObject();
        EndLine();
    }

    public void Write(AgentflowWorkflow workflow)
    {
        bool[] taken = AgentflowPaths.Taken(workflow);
        List<AgentflowSegment>[] prompts = AgentflowPaths.Prompts(workflow, taken);
        ReleaseTimes releases = new(workflow, taken);
        ids.BeginWorkflow();
        lost.AddCommon(workflow, taken);
        for (int n = 0; n < workflow.Nodes.Count; n++)
        {
            if (workflow.Nodes[n].Kind == NodeKind.Llm && taken[n])
            {
                WriteRow(workflow, n, prompts[n], releases);
            }
        }
    }

    public IReadOnlyList<string> Lost() => lost.ToList();

    public void Dispose() => json.Dispose();

    private void WriteRow(AgentflowWorkflow workflow, int n, List<AgentflowSegment> prompt, ReleaseTimes releases)
    {
        AgentflowNode node = workflow.Nodes[n];
        string id = workflow.Id ?? "";
        json.WriteStartObject();
        json.WriteString("request_id", Request(id, n));
        json.WriteString("play_id", workflow.Play ?? id);
        json.WriteString("session_id", id);
        if (node.Model is not null)
        {
            json.WriteString("model", node.Model);
        }
        json.WriteNumber("input_length", prompt.Sum(segment => segment.Length));
        json.WriteNumber("output_length", node.Out);
        json.WriteStartArray("hash_ids");
        foreach (int block in ids.Of(prompt))
        {
            json.WriteNumberValue(block);
        }
        json.WriteEndArray();
        bool open = node.AtNs is not null && !header.Closed;
        long earliest = open ? node.AtNs!.Value : releases.Of(n).GetValueOrDefault(new(-1, false)) + Offset(workflow);
        bool bound = open || releases.Of(n).ContainsKey(new(-1, false));
        if (bound && earliest > 0)
        {
            Milliseconds.Write(json, "not_before_ms", earliest);
        }
        else
        {
            json.WriteNull("not_before_ms");
        }
        json.WriteStartArray("dependencies");
        if (open)
        {
            lost.Add("dependencies of calls with recorded times, released by their times", node.Deps.Count > 0 ? 1 : 0);
        }
        else
        {
            WriteDependencies(workflow, n, id, releases);
        }
        json.WriteEndArray();
        EndLine();
    }

    private void WriteDependencies(AgentflowWorkflow workflow, int n, string id, ReleaseTimes releases)
    {
        KeyValuePair<ReleaseTimes.Origin, long>[] others = [.. releases.Of(n).Where(pair => pair.Key.Call >= 0)];
        foreach ((ReleaseTimes.Origin origin, long ns) in others)
        {
            json.WriteStartObject();
            json.WriteString("request_id", Request(id, origin.Call));
            json.WriteString("trigger", origin.OnDispatch ? "dispatch" : "completion");
            Milliseconds.Write(json, "delay_ms", ns);
            bool spawned = workflow.Nodes[n].Agent != workflow.Nodes[origin.Call].Agent && workflow.Nodes[n].Agent is not null;
            json.WriteString("relation", others.Length > 1 ? "join" : spawned ? "spawn" : "sequence");
            json.WriteEndObject();
        }
    }

    /// <summary>Open loop the arrival, since all plays start at 0; closed loop how long after the first of its play a workflow comes.</summary>
    private long Offset(AgentflowWorkflow workflow)
    {
        long arrival = workflow.ArrivalNs ?? 0;
        if (!header.Closed || workflow.Play is null)
        {
            return header.Closed ? 0 : arrival;
        }
        playStarts.TryAdd(workflow.Play, arrival);
        return arrival - playStarts[workflow.Play];
    }

    private static string Request(string workflow, int n) => string.Create(CultureInfo.InvariantCulture, $"{workflow}|{n}");

    private void EndLine()
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.WriteByte((byte)'\n');
    }
}
