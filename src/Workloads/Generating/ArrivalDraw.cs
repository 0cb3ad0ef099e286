using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>Draws one arrival after another.</summary>
internal sealed class ArrivalDraw(ArrivalProcess process, RandomStream random)
{
    private double nowUs;
    private int state = -1;
    private double stateEndUs;

    /// <summary>The next arrival in nanoseconds, a whole number of microseconds; null for a closed loop.</summary>
    public long? Next()
    {
        switch (process)
        {
            case ArrivalProcess.Poisson poisson:
                nowUs += Draw.Exponential(random, 1e6 / poisson.Rate);
                break;
            case ArrivalProcess.Gamma gamma:
                // Shape 1/cv² and mean 1/rate.
                double shape = 1 / (gamma.Cv * gamma.Cv);
                nowUs += Draw.Gamma(random, shape) * 1e6 / (gamma.Rate * shape);
                break;
            case ArrivalProcess.Mmpp mmpp:
                JumpToNext(mmpp.States);
                break;
            default:
                return null;
        }
        return (long)Math.Round(nowUs, MidpointRounding.ToEven) * 1000;
    }

    /// <summary>Exponential gaps have no memory, so that a gap that outlasts its state is drawn anew in the next one.</summary>
    private void JumpToNext(IReadOnlyList<MmppState> states)
    {
        while (true)
        {
            if (nowUs >= stateEndUs)
            {
                state = (state + 1) % states.Count;
                stateEndUs = nowUs + Draw.Exponential(random, 1e6 * states[state].Stay);
            }
            if (states[state].Rate > 0)
            {
                double arrival = nowUs + Draw.Exponential(random, 1e6 / states[state].Rate);
                if (arrival < stateEndUs)
                {
                    nowUs = arrival;
                    return;
                }
            }
            nowUs = stateEndUs;
        }
    }
}
