using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Names the streams of a trace in memory: <c>o:</c> and <c>r:</c> for what nodes yield; names that the importer gave, or <c>x:</c> and a
/// number, for what workflows share, which the header lists; <c>x:</c> for runs of known blocks of one workflow, <c>u:</c> for the rest.
/// </summary>
internal sealed class WorkloadStreamNames
{
    private const int Unused = -1;
    private const int SharedByWorkflows = -2;

    private readonly Workload workload;
    private readonly int[] owners;
    private readonly bool[] repeated;
    private readonly string?[] shared;
    private readonly Dictionary<int, string> own = [];
    private Workflow current;
    private int blocks;
    private int texts;

    public WorkloadStreamNames(Workload workload)
    {
        this.workload = workload;
        owners = new int[workload.StreamCount];
        repeated = new bool[workload.StreamCount];
        shared = new string?[workload.StreamCount];
        Array.Fill(owners, Unused);
        foreach (ref readonly Node node in workload.Nodes.AsSpan())
        {
            foreach (Segment segment in node.Prompt)
            {
                ref int owner = ref owners[segment.Stream.Value];
                repeated[segment.Stream.Value] |= owner != Unused;
                owner = owner == Unused || owner == node.Workflow ? node.Workflow : SharedByWorkflows;
            }
        }
        List<AgentflowStream> list = [];
        for (int stream = 0; stream < owners.Length; stream++)
        {
            string? given = workload.Details!.StreamNames.GetValueOrDefault(stream);
            if (owners[stream] == SharedByWorkflows || (given is not null && owners[stream] != Unused))
            {
                shared[stream] = given ?? string.Create(CultureInfo.InvariantCulture, $"x:{list.Count}");
                list.Add(new(shared[stream]!));
            }
        }
        Shared = list;
    }

    /// <summary>What workflows share, in order of first use.</summary>
    public IReadOnlyList<AgentflowStream> Shared { get; }

    public void BeginWorkflow(in Workflow workflow)
    {
        own.Clear();
        current = workflow;
        blocks = Shared.Count;
        texts = 0;
    }

    /// <param name="segment">A segment of a prompt of the current workflow.</param>
    /// <param name="numbers">Numbers of the workflow's nodes so far.</param>
    public AgentflowSegment Segment(Segment segment, List<int> numbers) => new(Name(segment.Stream, numbers), segment.Offset, segment.Length);

    private string Name(StreamId stream, List<int> numbers)
    {
        if (shared[stream.Value] is string name)
        {
            return name;
        }
        if (!own.TryGetValue(stream.Value, out name!))
        {
            own[stream.Value] = name = NewName(stream, numbers);
        }
        return name;
    }

    private string NewName(StreamId stream, List<int> numbers)
    {
        int producer = workload.ProducerOf(stream);
        if (producer >= 0)
        {
            char kind = workload.Nodes[producer].Kind == NodeKind.Llm ? 'o' : 'r';
            return string.Create(CultureInfo.InvariantCulture, $"{kind}:{numbers[producer - current.FirstNode]}");
        }
        return workload.ChainedBlocks && repeated[stream.Value]
            ? string.Create(CultureInfo.InvariantCulture, $"x:{blocks++}")
            : string.Create(CultureInfo.InvariantCulture, $"u:{texts++}");
    }
}
