using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Sim.Hardware;
using Cortex.Sim.Kernel;

namespace Cortex.Sim;

/// <summary>
/// The device under one engine: runs its plans one after the other, each for as long as the cost model says, and holds the truth of where
/// sequences end. A run of equal steps is one event, cut short when something comes up; where the core plans ahead it is told when the
/// run's last step begins.
/// </summary>
/// <param name="neighbours">The engines of the machine, this one among them, if step times depend on what the others do.</param>
/// <param name="tellSteps">See <see cref="SimulationOptions.TellSteps"/>.</param>
internal sealed class SimulatedEngine(
    int worker, IStepCost cost, double planningSeconds, bool plansAhead, TrueLengths lengths, ICalendar calendar, Neighbours? neighbours, bool tellSteps)
{
    private readonly Queue<StepPlan> plans = new();
    private readonly SteadyEnds steady = new(lengths);
    private readonly StepResult result = new();
    private List<StepStretch>? stretches = tellSteps ? [] : null;
    private Instant readyAt;
    private Instant since;
    private StepClock clock = new(cost.Rounding);
    private StepRun run;
    private bool cutBeforeBegin;
    private EventHandle lastStep;
    private EventHandle end;

    /// <summary>Steps of the run in progress.</summary>
    public int Count { get; private set; }

    public void Start(StepPlan plan, Instant now)
    {
        plans.Enqueue(plan);
        readyAt = plansAhead && planningSeconds > 0 ? now + Duration.FromSeconds(planningSeconds) : now;
        if (plans.Count == 1)
        {
            Begin(plan, now);
        }
    }

    /// <summary>The step or run in progress has ended: what the core is to be told of it. The next plan, if there is one, begins.</summary>
    public StepResult Finish()
    {
        StepPlan plan = plans.Dequeue();
        result.Step = plan.Number;
        result.Count = Count;
        result.DeviceTime = clock.Now - since;
        if (stretches is not null)
        {
            (result.Stretches, stretches) = (stretches, result.Stretches);
        }
        steady.Finish(plan, Count, result.Stopped);
        neighbours?.End(plan);
        if (plans.Count > 0)
        {
            Begin(plans.Peek(), clock.Now);
        }
        return result;
    }

    /// <summary>The call has left the engine.</summary>
    public void Forget(int tag) => steady.Leave(tag);

    /// <summary>How far the run in progress has come before anything that happens at <paramref name="now"/> is decided.</summary>
    public RunProgress SoFar(Instant now)
    {
        if (plans.Count > 1)
        {
            return RunProgress.Start;
        }
        int ended = run.EndedBy(now, Count, out Instant lastEnd);
        if (!plansAhead)
        {
            return ended > 0 && lastEnd == now ? new(ended, ended) : new(Math.Min(ended + 1, Count), ended);
        }
        // When a step begins, the one behind it is planned.
        int begun = run.Start == now ? 0 : ended > 0 && lastEnd == now ? ended : ended + 1;
        return new(Math.Min(begun + 1, Count), ended);
    }

    /// <summary>Ends the run with the last step that is planned by <paramref name="now"/>.</summary>
    public void Cut(Instant now)
    {
        if (plans.Count > 1)
        {
            cutBeforeBegin = true;
            return;
        }
        int kept = SoFar(now).Started;
        if (kept < Count)
        {
            calendar.Cancel(lastStep);
            calendar.Cancel(end);
            Schedule(kept);
        }
    }

    private void Begin(StepPlan plan, Instant free)
    {
        since = free;
        if (readyAt > clock.Now)
        {
            clock.Idle(readyAt);
        }
        run = new(plan, clock, cost, plansAhead ? 0 : planningSeconds, neighbours?.Share ?? 0);
        neighbours?.Begin(plan);
        // Where planning takes time, each step has to wait for its own; where neighbours matter, what they do by then is not known yet.
        int limit = cutBeforeBegin || neighbours is not null || (plansAhead && planningSeconds > 0) ? 0 : plan.RepeatLimit;
        cutBeforeBegin = false;
        Schedule(1 + steady.StepsBeforeEnd(plan, limit));
    }

    private void Schedule(int count)
    {
        Count = count;
        clock = run.After(count, stretches, out Instant lastBegins);
        end = calendar.Schedule(clock.Now, Phase.StepEnd, worker);
        if (plansAhead && plans.Peek().RepeatLimit > 0)
        {
            lastStep = calendar.Schedule(lastBegins, Phase.LastStep, worker);
        }
    }
}
