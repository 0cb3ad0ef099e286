using System.Diagnostics;
using Cortex.Policies;

namespace Cortex.Runtime;

/// <summary>Time of a live run: the machine's monotonic clock since the start, faster or slower by a factor. Any thread may ask.</summary>
/// <param name="speed">Nanoseconds of the run in a real one, more than 0.</param>
internal sealed class LiveClock(double speed)
{
    // Below this, a sleeping thread would wake too late; above, a waiting one would keep a core from others.
    private static readonly TimeSpan TooShortToSleep = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan TooShortToYield = TimeSpan.FromMicroseconds(5);

    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>Never goes back.</summary>
    public Instant Now => new((long)(Stopwatch.GetElapsedTime(start).TotalNanoseconds * speed));

    /// <summary>Real time until then, 0 or less if it has passed; <see cref="TimeSpan.MaxValue"/> if that is more than a month away.</summary>
    public TimeSpan Until(Instant at)
    {
        double nanoseconds = (at.Ns - Now.Ns) / speed;
        return nanoseconds < TimeSpan.FromDays(30).TotalNanoseconds ? TimeSpan.FromTicks((long)(nanoseconds / 100)) : TimeSpan.MaxValue;
    }

    /// <summary>Blocks the thread until then, to within some microseconds where the machine is not busy.</summary>
    /// <returns>False if <paramref name="cancellation"/> came first.</returns>
    public bool Wait(Instant at, CancellationToken cancellation)
    {
        while (at > Now)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }
            TimeSpan left = Until(at);
            if (left > TooShortToSleep)
            {
                TimeSpan sleep = left - TooShortToSleep;
                cancellation.WaitHandle.WaitOne(sleep < TimeSpan.FromHours(1) ? sleep : TimeSpan.FromHours(1));
            }
            else if (left > TooShortToYield)
            {
                Thread.Yield();
            }
        }
        return true;
    }
}
