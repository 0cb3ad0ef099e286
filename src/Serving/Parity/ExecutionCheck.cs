using System.Buffers;
using Cortex.Policies;

namespace Cortex.Serving.Parity;

/// <summary>
/// Parity, level 2: what engines report to have computed, step by step, against the plans: the same sequences in the same order, the same tokens of
/// each, over the same blocks.
/// </summary>
public sealed class ExecutionCheck
{
    private readonly Engine[] engines;
    private readonly List<FullRow> rows = [];

    /// <param name="engines">Number of engines.</param>
    public ExecutionCheck(int engines) => this.engines = [.. Enumerable.Range(0, engines).Select(_ => new Engine())];

    /// <summary>Steps that an engine has computed; null engines compute none.</summary>
    public long Executed { get; private set; }

    /// <summary>Those of them that were what the plan said.</summary>
    public long Equal { get; private set; }

    /// <summary>The first that was not: engine and number of its step.</summary>
    public (WorkerId Worker, long Step)? FirstDifference { get; private set; }

    /// <summary>A step was commanded.</summary>
    public void Start(WorkerId worker, StepPlan plan)
    {
        Engine engine = engines[worker.Value];
        if (engine.ComputesNothing)
        {
            return;
        }
        engine.Steps.Expand(plan, rows);
        ulong mix = StepContent.Empty;
        foreach (FullRow row in rows)
        {
            int count = row.Sequence.BlockCount;
            int[] blocks = ArrayPool<int>.Shared.Rent(count);
            row.Sequence.CopyBlockTable(blocks);
            mix = StepContent.Add(mix, row.Sequence.Request.Tag, row.Start, row.Tokens, row.Yields, blocks.AsSpan(0, count));
            ArrayPool<int>.Shared.Return(blocks);
        }
        engine.Planned.Enqueue(mix);
    }

    /// <summary>The oldest step of the engine has ended.</summary>
    public void Finish(WorkerId worker, StepResult result)
    {
        Engine engine = engines[worker.Value];
        // An engine computes all its steps or none.
        engine.ComputesNothing |= result.Executed == 0;
        if (engine.ComputesNothing)
        {
            return;
        }
        ulong planned = engine.Planned.Dequeue();
        Executed++;
        if (result.Executed == planned)
        {
            Equal++;
        }
        else
        {
            FirstDifference ??= (worker, result.Step);
        }
    }

    /// <summary>The call has left the engine.</summary>
    public void Leave(WorkerId worker, int tag) => engines[worker.Value].Steps.Leave(tag);

    private sealed class Engine
    {
        public bool ComputesNothing { get; set; }

        public FullSteps Steps { get; } = new();

        public Queue<ulong> Planned { get; } = new();
    }
}
