using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Sim;

namespace Cortex.Experiments.Validation;

/// <summary>The steps of a live run against the cost model, each for itself: what the model says of a step, what it took, and what passed beside.</summary>
internal sealed class StepAudit(IReadOnlyList<IStepCost> costs) : IServingObserver
{
    private readonly Engine[] engines = [.. costs.Select(_ => new Engine())];
    private readonly Neighbours neighbours = new(costs.Count);
    private Instant? begin;
    private Instant end;
    private double added;

    public long Steps { get; private set; }

    /// <summary>Seconds by the cost model.</summary>
    public double Predicted { get; private set; }

    /// <summary>Seconds on the engines.</summary>
    public double Measured { get; private set; }

    /// <summary>Seconds that all engines together had, from the first step's command to the last step's end.</summary>
    public double Available => added + (begin is { } first ? engines.Length * (end - first).Seconds : 0);

    /// <summary>
    /// Seconds from when a step had been commanded, and the one before told, until its end was told, less those on the engine: wake-ups, reports, planning.
    /// An engine that goes on before an end is told loses nothing by it: that delay is taken off again with the step behind.
    /// </summary>
    public double Beside { get; private set; }

    /// <summary>Sum of the distances between predicted and measured, step by step.</summary>
    public double Distance { get; private set; }

    public void Add(StepAudit other)
    {
        Steps += other.Steps;
        Predicted += other.Predicted;
        Measured += other.Measured;
        added += other.Available;
        Beside += other.Beside;
        Distance += other.Distance;
    }

    public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
    {
        begin ??= at;
        Engine engine = engines[worker.Value];
        engine.Open.Enqueue((at, plan));
        if (engine.Open.Count == 1)
        {
            Begin(worker.Value);
        }
    }

    public void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at)
    {
        Engine engine = engines[worker.Value];
        (Instant start, StepPlan ended) = engine.Open.Dequeue();
        neighbours.End(ended);
        double predicted = engine.Predicted;
        if (engine.Open.Count > 0)
        {
            Begin(worker.Value);
        }
        Instant due = start > engine.Told ? start : engine.Told;
        double device = result.DeviceTime.Seconds;
        Steps++;
        Predicted += predicted;
        Measured += device;
        Distance += Math.Abs(predicted - device);
        // Below 0 where the step began before the one before it was told.
        Beside += (at - due).Seconds - device;
        engine.Told = at;
        end = at;
    }

    /// <summary>What the model says of an engine's first open step, from what the others do now.</summary>
    private void Begin(int worker)
    {
        (_, StepPlan plan) = engines[worker].Open.Peek();
        engines[worker].Predicted = costs[worker].Seconds(plan.ShapeAfter(0, neighbours.Share), out _);
        neighbours.Begin(plan);
    }

    private sealed class Engine
    {
        public Queue<(Instant Start, StepPlan Plan)> Open { get; } = new();

        /// <summary>Seconds by the cost model of the first of them.</summary>
        public double Predicted { get; set; }

        public Instant Told { get; set; }
    }
}
