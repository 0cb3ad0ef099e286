using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Serving.Decisions;
using Cortex.Serving.Parity;
using Cortex.Sim.Kernel;

namespace Cortex.Sim.Parity;

/// <summary>
/// Parity, level 3: a simulation of a recorded run that is given what came from outside (arrivals, tools, clients who gave up, at the
/// recorded times), how long each step took and where calls end, and finds the rest by itself: which steps there are, what is in them, when
/// each begins and ends. Batches of facts are not given: what a live run told its core late or together comes here at its own time.
/// </summary>
public sealed class FreeSimulation : IBackend
{
    private readonly Calendar calendar = new();
    private readonly RecordedRun recorded;
    private readonly RecordedStepCost[] costs;
    private readonly SimulatedEngine[] devices;
    private readonly ServingCore core;
    private Instant now;
    private int next;

    private FreeSimulation(RecordedRun recorded, IReadOnlyList<IReadOnlyList<Duration>> steps, PolicyRegistry registry, DecisionLog decisions)
    {
        this.recorded = recorded;
        ServingSettings settings = recorded.Header.Settings;
        TrueLengths lengths = new(recorded.Length);
        for (int tag = 0; tag < recorded.Tags; tag++)
        {
            lengths.Begin(tag);
        }
        costs = [.. steps.Select(times => new RecordedStepCost(times))];
        devices = [.. settings.Engines.Select((engine, i) =>
            new SimulatedEngine(i, costs[i], planningSeconds: 0, engine.AsyncScheduling, lengths, calendar, neighbours: null, tellSteps: false))];
        core = new(settings, registry.Build(recorded.Header.Requests), this, new ObserverList(), decisions);
    }

    /// <summary>Simulates a recorded run, as far as it was recorded.</summary>
    /// <param name="recorded">The run.</param>
    /// <param name="steps">How long steps take: its <see cref="RecordedRun.DeviceTimes"/> or <see cref="RecordedRun.TimesUntilTold"/>.</param>
    /// <param name="registry">Where the policies come from.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The decisions of the simulation, to be compared with <see cref="RecordedRun.Decisions"/>.</returns>
    public static DecisionLog Run(RecordedRun recorded, IReadOnlyList<IReadOnlyList<Duration>> steps, PolicyRegistry registry, CancellationToken cancellation = default)
    {
        DecisionLog decisions = new();
        FreeSimulation simulation = new(recorded, steps, registry, decisions);
        while (simulation.NextInstant() is var instant && instant <= recorded.End)
        {
            cancellation.ThrowIfCancellationRequested();
            simulation.Take(instant);
        }
        return decisions;
    }

    void IBackend.StartStep(WorkerId worker, StepPlan plan) => devices[worker.Value].Start(plan, now);

    void IBackend.Respond(in CallRecord record) => devices[record.Worker.Value].Forget(record.Tag);

    void IBackend.StartTool(int tag)
    {
        // Its end is among the recorded facts.
    }

    private Instant NextInstant()
    {
        Instant input = next < recorded.Inputs.Count ? recorded.Inputs[next].At : Instant.Never;
        return calendar.TryPeek(out ScheduledEvent step) && step.At < input ? step.At : input;
    }

    private void Take(Instant instant)
    {
        now = instant;
        while (calendar.TryPeek(out ScheduledEvent step) && step.At == now)
        {
            calendar.TryPop(out _);
            costs[step.Payload].Next();
            core.Handle(new() { Kind = FactKind.StepFinished, At = now, Worker = new((ushort)step.Payload), Result = devices[step.Payload].Finish() });
        }
        while (next < recorded.Inputs.Count && recorded.Inputs[next].At == now)
        {
            core.Handle(recorded.Inputs[next++]);
        }
        if (now < recorded.End || !recorded.LastBatchIsOpen)
        {
            core.Settle(now);
        }
    }
}
