using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Sim.Hardware;

namespace Cortex.Sim;

/// <summary>A step, or a run of equal steps, on a device: when each of them ends. Nothing is stored a step; times are walked anew when asked.</summary>
/// <param name="plan">The step that is repeated.</param>
/// <param name="start">The device's clock at the start.</param>
/// <param name="cost">Device time of a step.</param>
/// <param name="overhead">Seconds that every step takes beside it.</param>
/// <param name="decodingNeighbours">Share of the machine's other engines that decode at the start.</param>
internal readonly struct StepRun(StepPlan plan, StepClock start, IStepCost cost, double overhead, double decodingNeighbours)
{
    public Instant Start => start.Now;

    /// <summary>The device's clock after so many steps.</summary>
    /// <param name="steps">1 or more.</param>
    /// <param name="stretches">Gets when they end, in place of what it holds; null: nobody asks.</param>
    /// <param name="lastBegins">When the last of them begins.</param>
    public StepClock After(int steps, List<StepStretch>? stretches, out Instant lastBegins)
    {
        StepClock clock = start;
        stretches?.Clear();
        Walk(ref clock, steps, Instant.Never, stretches, out lastBegins);
        return clock;
    }

    /// <summary>How many of the first <paramref name="steps"/> have ended by <paramref name="now"/> or at it, and when the last of those did.</summary>
    public int EndedBy(Instant now, int steps, out Instant lastEnd)
    {
        StepClock clock = start;
        int ended = Walk(ref clock, steps, now, stretches: null, out _);
        lastEnd = clock.Now;
        return ended;
    }

    private int Walk(ref StepClock clock, int steps, Instant until, List<StepStretch>? stretches, out Instant lastBegins)
    {
        lastBegins = clock.Now;
        int taken = 0;
        while (taken < steps)
        {
            double seconds = cost.Seconds(plan.ShapeAfter(taken, decodingNeighbours), out int alike) + overhead;
            int stretch = Math.Min(alike, steps - taken);
            if (until != Instant.Never && clock.TimeAfter(seconds, stretch) > until)
            {
                stretch = clock.StepsEndedBy(seconds, until);
                clock.Advance(seconds, stretch);
                return taken + stretch;
            }
            if (taken + stretch == steps)
            {
                lastBegins = clock.TimeAfter(seconds, stretch - 1);
            }
            Instant end = clock.Advance(seconds, stretch);
            stretches?.Add(new(stretch, end));
            taken += stretch;
        }
        return taken;
    }
}
