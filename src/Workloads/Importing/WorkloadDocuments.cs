using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Makes agentflow of the workflows of a part that was read with its details.</summary>
internal sealed class WorkloadDocuments
{
    /// <summary>Stage of the pauses that stand for recorded starts.</summary>
    public const string RecordedStart = "recorded-start";

    private readonly WorkloadPart part;
    private readonly WorkloadBuilder builder;
    private readonly WorkloadStreamNames names;
    private readonly List<int> numbers = [];
    private readonly Func<int, string> playName;

    /// <param name="part">The workflows.</param>
    /// <param name="builder">Knows the names of stages and outcomes.</param>
    /// <param name="names">Names of streams.</param>
    /// <param name="playName">Name of a workflow, by its index, that others are replayed with.</param>
    public WorkloadDocuments(WorkloadPart part, WorkloadBuilder builder, WorkloadStreamNames names, Func<int, string> playName)
    {
        this.part = part;
        this.builder = builder;
        this.names = names;
        this.playName = playName;
    }

    /// <summary>Pauses that stand for recorded starts, so far.</summary>
    public int RecordedStarts { get; private set; }

    public IEnumerable<AgentflowWorkflow> Workflows()
    {
        foreach (Workflow workflow in part.Workflows)
        {
            yield return Document(workflow);
        }
    }

    private AgentflowWorkflow Document(in Workflow from)
    {
        AgentflowWorkflow workflow = new()
        {
            Id = from.Id, ArrivalNs = from.Arrival?.Ns, Class = from.Class.Length > 0 ? from.Class : null, Tenant = from.Tenant is { Length: > 0 } tenant ? tenant : null,
            Priority = from.Priority, Slo = from.Slo, Play = from.Play == from.Index ? null : playName(from.Play),
        };
        names.BeginWorkflow(from);
        numbers.Clear();
        for (int tag = from.FirstNode; tag < from.FirstNode + from.NodeCount; tag++)
        {
            if (part.NotBeforeNs(tag) is long start and > 0)
            {
                RecordedStarts++;
                workflow.Nodes.Add(new() { Kind = NodeKind.Human, Stage = RecordedStart, DelayNs = start, DurationNs = 0 });
            }
            AgentflowNode node = Document(from, tag);
            if (part.NotBeforeNs(tag) > 0)
            {
                node.Deps = [.. node.Deps, workflow.Nodes.Count - 1];
            }
            numbers.Add(workflow.Nodes.Count);
            workflow.Nodes.Add(node);
        }
        return workflow;
    }

    private AgentflowNode Document(in Workflow from, int tag)
    {
        AgentflowNode node = part.Details![tag - part.FirstTag];
        ref readonly Node truth = ref part.NodeOf(tag);
        node.Deps = NumbersOf(from, part.Dependencies(tag));
        node.DelayNs = truth.DelayNs;
        node.AtNs = part.ReleaseNs(tag);
        node.Run = part.RunOf(tag);
        node.Slo = part.PromiseOf(tag);
        node.Stage = builder.NameOf(truth.Stage);
        node.Outcome = truth.Outcome == 0 ? node.Outcome : builder.OutcomeName(truth.Outcome);
        WriteConditions(node, from, tag);
        if (truth.Kind == NodeKind.Llm)
        {
            node.MaxTokens = truth.DeclaredMax > 0 ? truth.DeclaredMax : null;
            WritePrompt(node, from, tag);
            return node;
        }
        node.DurationNs = truth.DurationNs;
        node.Background = part.IsBackground(tag);
        node.Result = truth.Kind == NodeKind.Tool ? truth.OutputTokens : node.Result;
        return node;
    }

    private int[] NumbersOf(in Workflow from, ReadOnlySpan<int> tags)
    {
        int[] found = tags.IsEmpty ? [] : new int[tags.Length];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = numbers[tags[i] - from.FirstNode];
        }
        return found;
    }

    private void WriteConditions(AgentflowNode node, Workflow from, int tag)
    {
        if (part.Guards(tag) is { IsEmpty: false } guards)
        {
            node.When =
            [
                .. guards.ToArray().Select(guard => new AgentflowGuard(numbers[guard.Node - from.FirstNode], [.. guard.Outcomes.Select(builder.OutcomeName)])),
            ];
        }
        if (part.Starts(tag) is { IsEmpty: false } starts)
        {
            node.AfterStart = [.. starts.ToArray().Select(edge => new AgentflowStart(numbers[edge.Node - from.FirstNode], edge.DelayNs))];
        }
    }

    /// <summary>As a continuation of the call before if it is one, else in full.</summary>
    private void WritePrompt(AgentflowNode node, in Workflow from, int tag)
    {
        Segment[] prompt = part.NodeOf(tag).Prompt;
        node.Prompt = null;
        node.Base = node.Keep = null;
        node.Add = [];
        int before = CallBefore(from, tag);
        if (before >= 0 && Continues(prompt, before) is int behind and >= 0)
        {
            int kept = prompt[..(behind - 1)].Sum(segment => segment.Length);
            node.Base = numbers[before - from.FirstNode];
            node.Keep = kept == part.NodeOf(before).PromptTokens ? null : kept;
            node.Add = SegmentsOf(prompt.AsSpan(behind));
            return;
        }
        node.Prompt = SegmentsOf(prompt);
    }

    private AgentflowSegment[] SegmentsOf(ReadOnlySpan<Segment> prompt)
    {
        AgentflowSegment[] named = new AgentflowSegment[prompt.Length];
        for (int i = 0; i < named.Length; i++)
        {
            named[i] = names.Segment(prompt[i], numbers);
        }
        return named;
    }

    /// <summary>The nearest call along first dependencies; −1 if there is none.</summary>
    private int CallBefore(in Workflow from, int tag)
    {
        int at = tag;
        do
        {
            ReadOnlySpan<int> deps = part.Dependencies(at);
            at = deps.IsEmpty ? -1 : deps[0];
        }
        while (at >= from.FirstNode && part.NodeOf(at).Kind != NodeKind.Llm);
        return at;
    }

    /// <returns>Number of leading segments that are a part of the prompt of <paramref name="before"/> and its whole output; −1 if they are not.</returns>
    private int Continues(Segment[] prompt, int before)
    {
        ref readonly Node call = ref part.NodeOf(before);
        int output = part.Details![before - part.FirstTag].Out;
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
