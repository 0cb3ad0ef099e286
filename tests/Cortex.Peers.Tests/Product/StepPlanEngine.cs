using Cortex.Peers.Tests.Vllm;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Peers.Tests.Product;

/// <summary>
/// The product's core seen as an <see cref="IVllmEngine"/>: what can be told from its plans alone. Plans name only what changed; the
/// complete rows are put together here, from the order of the running list and from who is in steady decode.
/// </summary>
public abstract class StepPlanEngine : IVllmEngine
{
    private sealed record InFlight(int Id, bool Yields)
    {
        public bool PreemptedSince { get; set; }
    }

    private readonly List<int> running = [];
    private readonly HashSet<int> steady = [];
    private readonly HashSet<int> ended = [];
    private readonly Queue<(long Number, List<InFlight> Rows)> inFlight = new();
    private readonly Dictionary<int, (int Preemptions, int? FirstHit, int AllHits)> counts = [];

    public abstract VllmState State { get; }

    /// <summary>Blocks that have lost their key since the start.</summary>
    protected abstract long Evicted { get; }

    /// <summary>The core gets a call; its tag is the request's id.</summary>
    protected abstract void Add(CallRequest call);

    protected abstract void Cancel(int id);

    /// <summary>Plans the next step, empty if nothing can run.</summary>
    protected abstract StepPlan Plan();

    /// <summary>The oldest step in flight has ended and every row that yields a token has yielded it.</summary>
    protected abstract void Finish(StepResult result);

    /// <summary>Whether the call has been answered.</summary>
    protected abstract bool HasEnded(int id);

    public static CallRequest Call(VllmRequest request) => new()
    {
        Tag = request.Id,
        WorkflowTag = request.Id,
        Stage = default,
        Priority = request.Priority,
        Prompt = [.. request.Prompt.Select(piece => new Segment(Stream(piece.Segment), 0, piece.Length))],
        PromptTokens = request.Prompt.Sum(piece => piece.Length),
        MaxTokens = request.Out,
        Output = Stream(-(request.Id + 1)),
    };

    public void Arrive(VllmRequest request)
    {
        counts.Add(request.Id, (0, null, 0));
        Add(Call(request));
    }

    public void Abort(int id)
    {
        if (!ended.Contains(id))
        {
            Cancel(id);
            End(id);
        }
    }

    public (int Preemptions, int? FirstHit, int AllHits) CountsOf(int id) => counts[id];

    public VllmPlan Schedule()
    {
        long evictedBefore = Evicted;
        StepPlan plan = Plan();
        List<int> preempted = [.. plan.Preempted.Select(IdOf)];
        foreach (int id in preempted)
        {
            Preempted(id);
        }
        steady.ExceptWith(plan.Left.Select(IdOf));
        (List<VllmRow> rows, List<InFlight> started) = Complete(plan);
        steady.UnionWith(plan.Joined.Select(IdOf));
        inFlight.Enqueue((plan.Number, started));
        return new VllmPlan(rows, preempted, plan.Tokens, plan.Context, (int)(Evicted - evictedBefore));
    }

    public VllmOutcome Update()
    {
        (long number, List<InFlight> rows) = inFlight.Dequeue();
        List<int> discarded = [.. rows.Where(row => ended.Contains(row.Id)).Select(row => row.Id)];
        List<InFlight> delivered = [.. rows.Where(row => row.Yields && !ended.Contains(row.Id))];
        Finish(new StepResult { Step = number });
        List<int> finished = [.. delivered.Select(row => row.Id).Where(HasEnded)];
        finished.ForEach(End);
        return new VllmOutcome(
            [.. delivered.Select(row => row.Id)], finished, discarded, [.. delivered.Where(row => row.PreemptedSince).Select(row => row.Id)]);
    }

    private (List<VllmRow> Rows, List<InFlight> Started) Complete(StepPlan plan)
    {
        Dictionary<int, StepRow> named = plan.Rows.ToDictionary(row => IdOf(row.Sequence));
        foreach (StepRow row in plan.Rows.Where(row => row.Kind != RowKind.Running))
        {
            int id = IdOf(row.Sequence);
            running.Add(id);
            (int preemptions, int? firstHit, int allHits) = counts[id];
            counts[id] = (preemptions, firstHit ?? row.Computed, allHits + row.Computed);
        }
        Dictionary<int, Sequence> grown = plan.Grown.ToDictionary(IdOf);
        List<VllmRow> rows = [];
        List<InFlight> started = [];
        foreach (int id in running)
        {
            if (named.TryGetValue(id, out StepRow row))
            {
                rows.Add(new VllmRow(id, (VllmKind)row.Kind, row.Computed, row.Tokens, LastBlocks(row)));
                started.Add(new InFlight(id, row.Yields));
            }
            else if (steady.Contains(id))
            {
                rows.Add(grown.TryGetValue(id, out Sequence? sequence)
                    ? new VllmRow(id, VllmKind.Running, sequence.Computed - 1, 1, Table(sequence)[^1..])
                    : VllmRow.Bare(id));
                started.Add(new InFlight(id, true));
            }
        }
        return (rows, started);
    }

    /// <summary>The new blocks of a running call, the whole table of an admitted one.</summary>
    private static int[] LastBlocks(StepRow row)
    {
        int[] table = Table(row.Sequence);
        return row.Kind == RowKind.Running ? table[^row.NewBlocks..] : table;
    }

    private static int[] Table(Sequence sequence)
    {
        int[] table = new int[sequence.BlockCount];
        sequence.CopyBlockTable(table);
        return table;
    }

    private void Preempted(int id)
    {
        running.Remove(id);
        steady.Remove(id);
        (int preemptions, int? firstHit, int allHits) = counts[id];
        counts[id] = (preemptions + 1, firstHit, allHits);
        foreach (InFlight row in inFlight.SelectMany(step => step.Rows).Where(row => row.Id == id))
        {
            row.PreemptedSince = true;
        }
    }

    private void End(int id)
    {
        ended.Add(id);
        running.Remove(id);
        steady.Remove(id);
    }

    private static int IdOf(Sequence sequence) => sequence.Request.Tag;

    /// <summary>Segments of prompts and outputs (negative in the logs) to streams from 0 up.</summary>
    private static StreamId Stream(int segment) => new(segment >= 0 ? 2 * segment : -2 * segment - 1);
}
