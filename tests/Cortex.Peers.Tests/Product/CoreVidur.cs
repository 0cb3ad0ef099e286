using Cortex.Peers.Tests.Vidur;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Peers.Tests.Product;

/// <summary>
/// The product's <see cref="EngineCore"/> with the dialect <c>vidur-sarathi</c>, driven directly, without a clock. Plans name only what
/// changed; whole batches are put together here, from the order of the running list and from who is in steady decode.
/// </summary>
public sealed class CoreVidur(VidurRun run)
{
    private readonly EngineCore core = new(Settings(run), VictimOrder.YoungestAdmission);
    private readonly List<int> running = [];
    private readonly HashSet<int> steady = [];
    private readonly List<Sequence> ended = [];
    private long arrivals;

    public static EngineSettings Settings(VidurRun run) => new()
    {
        Name = run.Name,
        Dialect = "vidur-sarathi",
        AsyncScheduling = false,
        BlockSize = run.BlockSize,
        NumBlocks = run.NumBlocks,
        // The share whose whole blocks are the recorded number, whatever the rounding.
        Watermark = (run.WatermarkBlocks + 0.5) / run.NumBlocks,
        MaxNumSeqs = run.BatchSizeCap,
        MaxNumBatchedTokens = run.ChunkSize,
        MaxModelLen = int.MaxValue,
    };

    public static CallRequest Call(VidurRequest request) => new()
    {
        Tag = request.Id,
        WorkflowTag = request.Id,
        Stage = default,
        Prompt = [new(new(2 * request.Id), 0, request.PromptTokens)],
        PromptTokens = request.PromptTokens,
        MaxTokens = request.OutputTokens,
        Output = new(2 * request.Id + 1),
    };

    /// <summary>Plans a step and ends it.</summary>
    public VidurStep Step(IReadOnlyList<VidurRequest> arrived)
    {
        foreach (VidurRequest request in arrived)
        {
            core.Enqueue(Call(request), arrivals, arrivals);
            arrivals++;
        }
        StepPlan plan = core.Plan();
        int planned = core.Kv.Free;
        VidurRow[] rows = Rows(plan);
        int[] preempted = [.. plan.Preempted.Select(IdOf)];
        ended.Clear();
        core.Deliver(1, Instant.Zero, [], ended);
        running.RemoveAll(id => ended.Exists(sequence => IdOf(sequence) == id));
        steady.ExceptWith(ended.Select(IdOf));
        return new VidurStep(arrived, rows, preempted, planned, core.Kv.Free);
    }

    private VidurRow[] Rows(StepPlan plan)
    {
        foreach (Sequence victim in plan.Preempted)
        {
            running.Remove(IdOf(victim));
        }
        steady.ExceptWith(plan.Left.Select(IdOf));
        Dictionary<int, int> named = plan.Rows.ToDictionary(row => IdOf(row.Sequence), row => row.Tokens);
        running.AddRange(plan.Rows.Where(row => row.Kind != RowKind.Running).Select(row => IdOf(row.Sequence)));
        VidurRow[] rows =
        [
            .. running.Where(id => named.ContainsKey(id) || steady.Contains(id)).Select(id => new VidurRow(id, named.GetValueOrDefault(id, 1))),
        ];
        steady.UnionWith(plan.Joined.Select(IdOf));
        return rows;
    }

    private static int IdOf(Sequence sequence) => sequence.Request.Tag;
}
