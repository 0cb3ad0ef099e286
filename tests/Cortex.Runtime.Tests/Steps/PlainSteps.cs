using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Serving.Journal;

namespace Cortex.Runtime.Tests.Steps;

/// <summary>
/// The steps of a journaled run in full, found in the plainest way: after each plan every call is looked at, and whoever has more tokens computed than
/// after the plan before has a row. Knows nothing of steady decodes.
/// </summary>
internal sealed class PlainSteps : IBackend
{
    private readonly Dictionary<int, Known> calls = [];

    private PlainSteps()
    {
    }

    /// <summary>By worker and step: rows by sequence, without token ids.</summary>
    public SortedDictionary<(int Worker, long Step), Dictionary<int, PlainRow>> Steps { get; } = [];

    public int Resumed { get; private set; }

    public int Hits { get; private set; }

    public Dictionary<int, CallRequest> Requests { get; } = [];

    public static PlainSteps Of(LiveResult run)
    {
        PlainSteps steps = new();
        using JournalReader reader = run.Open();
        JournalReplay.Run(reader, new PolicyRegistry(), backend: steps);
        return steps;
    }

    void IBackend.StartStep(WorkerId worker, StepPlan plan)
    {
        foreach (StepRow row in plan.Rows.Where(row => row.Kind != RowKind.Running))
        {
            int tag = row.Sequence.Request.Tag;
            Requests[tag] = row.Sequence.Request;
            Resumed += row.Kind == RowKind.Resumed ? 1 : 0;
            Hits += row.Computed > 0 ? 1 : 0;
            calls[tag] = new(row.Sequence) { Computed = row.Computed, Yielded = calls.TryGetValue(tag, out Known? before) ? before.Yielded : 0 };
        }
        Dictionary<int, PlainRow> rows = [];
        foreach (Known call in calls.Values.Where(call => call.Sequence.Worker == worker && call.Sequence.Computed > call.Computed))
        {
            int tokens = call.Sequence.Computed - call.Computed;
            bool yields = call.Sequence.Computed == call.Sequence.Request.PromptTokens + call.Yielded;
            int[] blocks = new int[call.Sequence.BlockCount];
            call.Sequence.CopyBlockTable(blocks);
            rows.Add(call.Sequence.Request.Tag, new(call.Computed, tokens, yields, blocks));
            call.Computed += tokens;
            call.Yielded += yields ? 1 : 0;
        }
        Steps.Add((worker.Value, plan.Number), rows);
    }

    void IBackend.Respond(in CallRecord record) => calls.Remove(record.Tag);

    void IBackend.StartTool(int tag)
    {
    }

    private sealed class Known(Sequence sequence)
    {
        public Sequence Sequence => sequence;

        public int Computed { get; set; }

        public int Yielded { get; set; }
    }
}

internal sealed record PlainRow(int Start, int Tokens, bool Yields, int[] Blocks);
