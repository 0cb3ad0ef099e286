using Cortex.Policies;

namespace Cortex.Serving.Parity;

/// <summary>The step times of one engine of a recorded run.</summary>
internal sealed class EngineSteps
{
    private readonly Queue<Instant> commanded = new();
    private readonly List<Duration> deviceTimes = [];
    private readonly List<Duration> timesUntilTold = [];
    private Instant told;

    public IReadOnlyList<Duration> DeviceTimes => deviceTimes;

    public IReadOnlyList<Duration> TimesUntilTold => timesUntilTold;

    public void Start(Instant now) => commanded.Enqueue(now);

    /// <summary>The recording is over: steps in flight have lasted beyond it, by a nanosecond for all that is known.</summary>
    public void Cut(Instant now)
    {
        Instant beyond = now + new Duration(1);
        while (commanded.Count > 0)
        {
            End(beyond - commanded.Peek(), beyond);
        }
    }

    /// <exception cref="InvalidOperationException">No step was under way.</exception>
    public void End(Duration deviceTime, Instant now)
    {
        Instant begin = commanded.Dequeue();
        deviceTimes.Add(deviceTime);
        timesUntilTold.Add(now - (begin > told ? begin : told));
        told = now;
    }
}
