using System.Runtime.InteropServices;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Sim.Hardware;
using Cortex.Sim.Kernel;

namespace Cortex.Sim;

/// <summary>
/// The device under one engine: runs its plans one after the other, each for as long as the cost model says, and holds the truth of where
/// sequences end. Runs of equal steps are one event, cut short when something comes up.
/// </summary>
internal sealed class SimulatedEngine(int worker, IStepCost cost, double planningSeconds, bool plansAhead, TrueLengths lengths, ICalendar calendar)
{
    private readonly Queue<StepPlan> plans = new();
    private readonly SteadyEnds steady = new(lengths);
    private readonly StepResult result = new();
    private Instant readyAt;
    private StepClock clock = new(cost.Rounding);
    private StepClock runStart = new(cost.Rounding);
    private int count;
    private EventHandle end;

    public void Start(StepPlan plan, Instant now)
    {
        plans.Enqueue(plan);
        readyAt = plansAhead && planningSeconds > 0 ? now + Duration.FromSeconds(planningSeconds) : now;
        if (plans.Count == 1)
        {
            Begin(plan);
        }
    }

    /// <summary>The step or run in progress has ended: what the core is to be told of it. The next plan, if there is one, begins.</summary>
    public StepResult Finish()
    {
        StepPlan plan = plans.Dequeue();
        result.Step = plan.Number;
        result.Count = count;
        steady.Finish(plan, count, result.Stopped);
        if (plans.Count > 0)
        {
            Begin(plans.Peek());
        }
        return result;
    }

    /// <summary>The call has left the engine.</summary>
    public void Forget(int tag) => steady.Leave(tag);

    /// <summary>How far the run in progress has come before anything that happens at <paramref name="now"/> is decided.</summary>
    public RunProgress SoFar(Instant now)
    {
        int ended = StepsEndedBy(now, out Instant lastEnd);
        return ended > 0 && lastEnd == now ? new(ended, ended) : new(Math.Min(ended + 1, count), ended);
    }

    /// <summary>Ends the run with the step that is in progress at <paramref name="now"/>, or that ends then.</summary>
    public void Cut(Instant now)
    {
        int kept = SoFar(now).Started;
        if (kept < count)
        {
            calendar.Cancel(end);
            count = kept;
            clock = runStart;
            end = calendar.Schedule(Walk(ref clock, kept, Instant.Never), Phase.StepEnd, worker);
        }
    }

    private void Begin(StepPlan plan)
    {
        if (readyAt > clock.Now)
        {
            clock.Idle(readyAt);
        }
        count = 1 + steady.StepsBeforeEnd(plan, plan.RepeatLimit);
        runStart = clock;
        end = calendar.Schedule(Walk(ref clock, count, Instant.Never), Phase.StepEnd, worker);
    }

    private int StepsEndedBy(Instant now, out Instant lastEnd)
    {
        StepClock probe = runStart;
        int ended = 0;
        Walk(ref probe, count, now, ref ended);
        lastEnd = probe.Now;
        return ended;
    }

    private Instant Walk(ref StepClock at, int steps, Instant until)
    {
        int taken = 0;
        return Walk(ref at, steps, until, ref taken);
    }

    /// <summary>Moves a clock through the first steps of the run, up to the last of <paramref name="steps"/> that ends by <paramref name="until"/>.</summary>
    private Instant Walk(ref StepClock at, int steps, Instant until, ref int taken)
    {
        StepPlan plan = plans.Peek();
        long context = plan.DecodeContext;
        while (taken < steps)
        {
            StepShape shape = new()
            {
                Tokens = plan.Tokens,
                DecodeSequences = plan.DecodeSequences,
                DecodeContext = context,
                Prefills = CollectionsMarshal.AsSpan(plan.Prefills),
            };
            double seconds = cost.Seconds(shape, out int alike) + (plansAhead ? 0 : planningSeconds);
            int stretch = Math.Min(alike, steps - taken);
            if (until != Instant.Never && at.TimeAfter(seconds, stretch) > until)
            {
                stretch = at.StepsEndedBy(seconds, until);
                at.Advance(seconds, stretch);
                taken += stretch;
                return at.Now;
            }
            at.Advance(seconds, stretch);
            taken += stretch;
            context += (long)stretch * plan.DecodeSequences;
        }
        return at.Now;
    }
}
