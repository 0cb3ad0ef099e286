using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Makes agentflow of a trace in memory that was loaded with its details.</summary>
internal sealed class WorkloadDocuments
{
    /// <summary>Stage of the pauses that stand for recorded starts.</summary>
    public const string RecordedStart = "recorded-start";

    private readonly Workload workload;
    private readonly WorkloadStreamNames names;
    private readonly List<int> numbers = [];

    public WorkloadDocuments(Workload workload)
    {
        this.workload = workload;
        names = new(workload);
        Header = new()
        {
            Closed = workload.ClosedByDefault,
            Source = string.Create(CultureInfo.InvariantCulture, $"{workload.Source} ({workload.Format}, SHA-256 {workload.Sha256})"),
            NativeBlock = workload.NativeBlock,
            Streams = names.Shared,
            Programs = workload.Programs,
            Databases = workload.Databases,
        };
    }

    public AgentflowHeader Header { get; }

    /// <summary>What the conversion adds, a sentence each.</summary>
    public IEnumerable<string> Changes
    {
        get
        {
            int held = Enumerable.Range(0, workload.NodeCount).Count(tag => workload.NotBeforeNs(tag) > 0);
            if (held > 0)
            {
                yield return $"recorded starts, each a pause of 0 after a delay: {held}";
            }
        }
    }

    public IEnumerable<AgentflowWorkflow> Workflows() => workload.Workflows.Select(workflow => Document(workflow));

    private AgentflowWorkflow Document(Workflow from)
    {
        AgentflowWorkflow workflow = new()
        {
            Id = from.Id, ArrivalNs = from.Arrival?.Ns, Class = from.Class.Length > 0 ? from.Class : null, Tenant = from.Tenant is { Length: > 0 } tenant ? tenant : null,
            Priority = from.Priority, Slo = from.Slo, Play = from.Play == from.Index ? null : workload.Workflows[from.Play].Id,
        };
        names.BeginWorkflow(from);
        numbers.Clear();
        for (int tag = from.FirstNode; tag < from.FirstNode + from.NodeCount; tag++)
        {
            if (workload.NotBeforeNs(tag) is long start and > 0)
            {
                workflow.Nodes.Add(new() { Kind = NodeKind.Human, Stage = RecordedStart, DelayNs = start, DurationNs = 0 });
            }
            AgentflowNode node = Document(from, tag);
            if (workload.NotBeforeNs(tag) > 0)
            {
                node.Deps = [.. node.Deps, workflow.Nodes.Count - 1];
            }
            numbers.Add(workflow.Nodes.Count);
            workflow.Nodes.Add(node);
        }
        return workflow;
    }

    private AgentflowNode Document(Workflow from, int tag)
    {
        AgentflowNode node = workload.Details!.Nodes[tag];
        Node truth = workload.Nodes[tag];
        node.Deps = [.. workload.Dependencies(tag).ToArray().Select(before => numbers[before - from.FirstNode])];
        node.DelayNs = truth.DelayNs;
        node.AtNs = workload.ReleaseNs(tag);
        node.Run = workload.RunOf(tag);
        node.Stage = workload.Stages[truth.Stage.Value];
        node.Outcome = truth.Outcome == 0 ? node.Outcome : workload.Outcomes[truth.Outcome];
        node.When =
        [
            .. workload.Guards(tag).ToArray().Select(guard =>
                new AgentflowGuard(numbers[guard.Node - from.FirstNode], [.. guard.Outcomes.Select(outcome => workload.Outcomes[outcome])])),
        ];
        node.AfterStart = [.. workload.Starts(tag).ToArray().Select(edge => new AgentflowStart(numbers[edge.Node - from.FirstNode], edge.DelayNs))];
        if (truth.Kind == NodeKind.Llm)
        {
            node.MaxTokens = truth.DeclaredMax > 0 ? truth.DeclaredMax : null;
            WritePrompt(node, from, tag);
            return node;
        }
        node.DurationNs = truth.DurationNs;
        node.Background = workload.IsBackground(tag);
        node.Result = truth.Kind == NodeKind.Tool ? truth.OutputTokens : node.Result;
        return node;
    }

    /// <summary>As a continuation of the call before if it is one, else in full.</summary>
    private void WritePrompt(AgentflowNode node, Workflow from, int tag)
    {
        Segment[] prompt = workload.Nodes[tag].Prompt;
        node.Prompt = null;
        node.Base = node.Keep = null;
        node.Add = [];
        int before = CallBefore(from, tag);
        if (before >= 0 && Continues(prompt, before) is int behind and >= 0)
        {
            int kept = prompt[..(behind - 1)].Sum(segment => segment.Length);
            node.Base = numbers[before - from.FirstNode];
            node.Keep = kept == workload.Nodes[before].PromptTokens ? null : kept;
            node.Add = [.. prompt[behind..].Select(segment => names.Segment(segment, numbers))];
            return;
        }
        node.Prompt = [.. prompt.Select(segment => names.Segment(segment, numbers))];
    }

    /// <summary>The nearest call along first dependencies; −1 if there is none.</summary>
    private int CallBefore(Workflow from, int tag)
    {
        int at = tag;
        do
        {
            ReadOnlySpan<int> deps = workload.Dependencies(at);
            at = deps.IsEmpty ? -1 : deps[0];
        }
        while (at >= from.FirstNode && workload.Nodes[at].Kind != NodeKind.Llm);
        return at;
    }

    /// <returns>Number of leading segments that are a part of the prompt of <paramref name="before"/> and its whole output; −1 if they are not.</returns>
    private int Continues(Segment[] prompt, int before)
    {
        ref readonly Node call = ref workload.Nodes[before];
        int output = workload.Details!.Nodes[before].Out;
        for (int i = 0; i < prompt.Length; i++)
        {
            if (prompt[i].Stream == call.Output)
            {
                return i > 0 && prompt[i].Offset == 0 && prompt[i].Length == output ? i + 1 : -1;
            }
            if (i >= call.Prompt.Length || prompt[i].Stream != call.Prompt[i].Stream || prompt[i].Offset != call.Prompt[i].Offset)
            {
                return -1;
            }
            bool same = prompt[i].Length == call.Prompt[i].Length;
            bool cut = prompt[i].Length < call.Prompt[i].Length && i + 1 < prompt.Length && prompt[i + 1].Stream == call.Output;
            if (!same && !cut)
            {
                return -1;
            }
        }
        return -1;
    }
}
