using System.Collections.Concurrent;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Runtime.Engines;

/// <summary>
/// An engine without a model: a thread that takes plans in order, lets each last as long as it is told, and posts its end. What the steps
/// yield is added by the backend, which knows the truth.
/// </summary>
internal sealed class NullEngine : IDisposable
{
    private readonly int worker;
    private readonly IStepTimes times;
    private readonly LiveClock clock;
    private readonly Mailbox mailbox;
    private readonly Thread thread;
    private readonly BlockingCollection<(StepPlan Plan, Instant At)> plans = [];
    private readonly CancellationTokenSource stop = new();

    public NullEngine(int worker, IStepTimes times, LiveClock clock, Mailbox mailbox)
    {
        this.worker = worker;
        this.times = times;
        this.clock = clock;
        this.mailbox = mailbox;
        thread = new(Run) { IsBackground = true, Name = FormattableString.Invariant($"engine {worker}") };
        thread.Start();
    }

    /// <summary>Runs a plan after those before it; it stays as it is until its end was posted and taken in.</summary>
    /// <param name="plan">The step.</param>
    /// <param name="at">When it was commanded.</param>
    public void Start(StepPlan plan, Instant at) => plans.Add((plan, at));

    /// <summary>Gives up whatever is under way, and ends the thread.</summary>
    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        plans.Dispose();
        stop.Dispose();
    }

    private void Run()
    {
        try
        {
            Instant free = Instant.Zero;
            foreach ((StepPlan plan, Instant at) in plans.GetConsumingEnumerable(stop.Token))
            {
                Instant begin = at > free ? at : free;
                if (!clock.Wait(begin + times.Of(plan), stop.Token))
                {
                    return;
                }
                free = clock.Now;
                mailbox.Add(new(worker, free - begin));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop while nothing was to do.
        }
        catch (Exception fault)
        {
            mailbox.Add(new(worker, Duration.Zero, fault));
        }
    }
}
