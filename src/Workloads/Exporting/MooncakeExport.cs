using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>
/// Writes Mooncake rows of 512-token blocks. A workflow with several calls is a session: its calls one after the other, each with its delay
/// behind the end of the one before. Block ids are kept where the source is Mooncake, else numbered in order of first use.
/// </summary>
internal sealed class MooncakeExport(AgentflowHeader header, Stream output) : ITraceWriter
{
    private const int Block = 512;

    private readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private readonly BlockIds ids = new(header, Block);
    private readonly LossCount lost = new();

    public void Write(AgentflowWorkflow workflow)
    {
        bool[] taken = AgentflowPaths.Taken(workflow);
        List<AgentflowSegment>[] prompts = AgentflowPaths.Prompts(workflow, taken);
        ReleaseTimes releases = new(workflow, taken);
        ids.BeginWorkflow();
        lost.AddCommon(workflow, taken);
        lost.Add("models", workflow.Nodes.Count(node => node.Model is not null));
        lost.Add("arrivals that the trace does not have, written as 0", workflow.ArrivalNs is null ? 1 : 0);
        lost.Add("grouping of workflows to plays", workflow.Play is null ? 0 : 1);
        int[] calls = [.. Enumerable.Range(0, workflow.Nodes.Count).Where(n => workflow.Nodes[n].Kind == NodeKind.Llm && taken[n] && prompts[n].Count > 0)];
        int before = -1;
        foreach (int n in calls)
        {
            WriteRow(workflow, n, before, calls.Length > 1, prompts[n], releases);
            before = n;
        }
    }

    public IReadOnlyList<string> Lost() => lost.ToList();

    public void Dispose() => json.Dispose();

    private void WriteRow(AgentflowWorkflow workflow, int n, int before, bool session, List<AgentflowSegment> prompt, ReleaseTimes releases)
    {
        AgentflowNode node = workflow.Nodes[n];
        json.WriteStartObject();
        if (session)
        {
            json.WriteString("session_id", workflow.Id ?? "");
        }
        if (before < 0)
        {
            Milliseconds.Write(json, "timestamp", (node.AtNs is long at && !header.Closed ? at : workflow.ArrivalNs ?? 0) + (node.AtNs is null ? StartDelay(releases, n) : 0));
        }
        else
        {
            Milliseconds.Write(json, "delay", Delay(workflow, n, before, releases));
        }
        json.WriteNumber("input_length", prompt.Sum(segment => segment.Length));
        json.WriteNumber("output_length", node.Out);
        json.WriteStartArray("hash_ids");
        foreach (int id in ids.Of(prompt))
        {
            json.WriteNumberValue(id);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.WriteByte((byte)'\n');
    }

    private static long StartDelay(ReleaseTimes releases, int n) => releases.Of(n).GetValueOrDefault(new(-1, false));

    /// <summary>Behind the call before; 0, and counted, if the call does not wait for that one alone.</summary>
    private long Delay(AgentflowWorkflow workflow, int n, int before, ReleaseTimes releases)
    {
        if (workflow.Nodes[n].AtNs is long at && !header.Closed)
        {
            lost.Add("recorded times of later calls, written as delays behind the call before, of which they say nothing", 1);
            return Math.Max(at - (workflow.Nodes[before].AtNs ?? at), 0);
        }
        bool alone = releases.Of(n).Count == 1 && releases.Of(n).ContainsKey(new(before, false));
        lost.Add("calls that do not follow the call before alone, written behind it", alone ? 0 : 1);
        return releases.Of(n).GetValueOrDefault(new(before, false));
    }
}
