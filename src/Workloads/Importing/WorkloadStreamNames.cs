using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Names the streams of a part of a trace: <c>o:</c> and <c>r:</c> for what nodes yield; names that the importer gave, or <c>x:</c> and a
/// number, for what workflows share, which the header lists; <c>x:</c> for runs of known blocks of one workflow, <c>u:</c> for the rest.
/// </summary>
internal sealed class WorkloadStreamNames
{
    private readonly WorkloadPart part;
    private readonly IReadOnlyDictionary<int, string> shared;
    private readonly bool chained;
    private readonly byte[] uses;
    private readonly Dictionary<int, string> own = [];
    private Workflow current;
    private int blocks;
    private int texts;

    /// <param name="part">The workflows.</param>
    /// <param name="shared">Names of what workflows share, by stream.</param>
    /// <param name="chained">True if the trace names its contents by blocks.</param>
    public WorkloadStreamNames(WorkloadPart part, IReadOnlyDictionary<int, string> shared, bool chained)
    {
        this.part = part;
        this.shared = shared;
        this.chained = chained;
        uses = new byte[chained ? part.EndStream - part.FirstStream : 0];
        if (chained)
        {
            CountUses();
        }
    }

    /// <summary>The streams of a part that several of its workflows use, in order of their ids.</summary>
    public static IEnumerable<int> SharedIn(WorkloadPart part)
    {
        int[] owners = new int[part.EndStream];
        SortedSet<int> found = [];
        foreach (ref readonly Node node in part.Nodes.AsSpan())
        {
            foreach (Segment segment in node.Prompt)
            {
                ref int owner = ref owners[segment.Stream.Value];
                int user = node.Workflow + 1;
                if (owner != 0 && owner != user)
                {
                    found.Add(segment.Stream.Value);
                }
                owner = user;
            }
        }
        return found;
    }

    public void BeginWorkflow(in Workflow workflow)
    {
        own.Clear();
        current = workflow;
        blocks = shared.Count;
        texts = 0;
    }

    /// <param name="segment">A segment of a prompt of the current workflow.</param>
    /// <param name="numbers">Numbers of the workflow's nodes so far.</param>
    public AgentflowSegment Segment(Segment segment, List<int> numbers) => new(Name(segment.Stream, numbers), segment.Offset, segment.Length);

    private string Name(StreamId stream, List<int> numbers)
    {
        if (shared.TryGetValue(stream.Value, out string? name))
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
        int producer = part.ProducerOf(stream);
        if (producer >= 0)
        {
            char kind = part.NodeOf(producer).Kind == NodeKind.Llm ? 'o' : 'r';
            return string.Create(CultureInfo.InvariantCulture, $"{kind}:{numbers[producer - current.FirstNode]}");
        }
        if (stream.Value < part.FirstStream)
        {
            throw new InvalidOperationException($"stream {stream.Value} is shared, which the reader did not tell");
        }
        return chained && uses[stream.Value - part.FirstStream] > 1
            ? string.Create(CultureInfo.InvariantCulture, $"x:{blocks++}")
            : string.Create(CultureInfo.InvariantCulture, $"u:{texts++}");
    }

    private void CountUses()
    {
        foreach (ref readonly Node node in part.Nodes.AsSpan())
        {
            foreach (Segment segment in node.Prompt)
            {
                if (segment.Stream.Value >= part.FirstStream && uses[segment.Stream.Value - part.FirstStream] < 2)
                {
                    uses[segment.Stream.Value - part.FirstStream]++;
                }
            }
        }
    }
}
