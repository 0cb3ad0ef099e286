using Cortex.Policies;
using Cortex.Runtime.Tools;

namespace Cortex.Runtime;

/// <summary>What a thread of the run tells the core's thread.</summary>
/// <param name="Source">The worker whose step has ended or that has failed; or the tag of a tool.</param>
/// <param name="DeviceTime">Of a step: see <see cref="Serving.StepResult.DeviceTime"/>.</param>
/// <param name="Fault">If a worker has failed: why.</param>
/// <param name="Tool">If it is a tool: how it came out.</param>
internal readonly record struct Post(int Source, Duration DeviceTime = default, Exception? Fault = null, ToolResult? Tool = null);

/// <summary>
/// The one way into the core's thread: many may post, one reads, and takes all that is there at once. Posts are read in the order in which
/// they were posted, and none is lost.
/// </summary>
internal sealed class Mailbox(LiveClock clock)
{
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly object gate = new();
    private List<Post> posted = [];
    private List<Post> read = [];
    private bool woken;

    public void Add(in Post post)
    {
        lock (gate)
        {
            posted.Add(post);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Lets the reader return though nothing was posted.</summary>
    public void Wake()
    {
        lock (gate)
        {
            woken = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits until something was posted, <paramref name="due"/> has come or <see cref="Wake"/> was called, and takes all posts.</summary>
    /// <returns>Valid until the next call.</returns>
    public IReadOnlyList<Post> Take(Instant due)
    {
        while (true)
        {
            lock (gate)
            {
                TimeSpan left = clock.Until(due);
                if (posted.Count > 0 || woken || left <= TimeSpan.Zero)
                {
                    woken = false;
                    (posted, read) = (read, posted);
                    posted.Clear();
                    return read;
                }
                if (left > ShortestSleep)
                {
                    TimeSpan sleep = left - ShortestSleep;
                    Monitor.Wait(gate, sleep < LongestSleep ? sleep : LongestSleep);
                    continue;
                }
            }
            Thread.Yield();
        }
    }
}
