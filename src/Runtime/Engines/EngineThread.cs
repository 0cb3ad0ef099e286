using System.Collections.Concurrent;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Runtime.Engines;

/// <summary>The thread of an engine: it takes steps in order, has each run, and posts its end. What the steps yield is added by the backend, which knows the truth.</summary>
internal sealed class EngineThread : IDisposable
{
    private readonly int worker;
    private readonly LiveEngine engine;
    private readonly LiveClock clock;
    private readonly Mailbox mailbox;
    private readonly Thread thread;
    private readonly BlockingCollection<StepWork> steps = [];
    private readonly Queue<StepWork> inFlight = new();
    private readonly Stack<StepWork> spares = new();
    private readonly List<int> gone = [];
    private readonly CancellationTokenSource stop = new();

    public EngineThread(int worker, LiveEngine engine, LiveClock clock, Mailbox mailbox)
    {
        this.worker = worker;
        this.engine = engine;
        this.clock = clock;
        this.mailbox = mailbox;
        thread = new(Run) { IsBackground = true, Name = FormattableString.Invariant($"engine {worker}") };
        thread.Start();
    }

    /// <summary>Steps whose end was not taken in yet.</summary>
    public int InFlight => inFlight.Count;

    /// <summary>Runs a step after those before it.</summary>
    /// <param name="plan">The step.</param>
    /// <param name="at">When it was commanded.</param>
    public void Start(StepPlan plan, Instant at)
    {
        StepWork work = spares.TryPop(out StepWork? spare) ? spare : new();
        (work.Plan, work.At, work.Executed) = (plan, at, 0);
        work.Gone.Clear();
        work.Gone.AddRange(gone);
        gone.Clear();
        engine.Prepare(work);
        inFlight.Enqueue(work);
        steps.Add(work);
    }

    /// <summary>The end of the oldest step is taken in.</summary>
    /// <returns>Valid until the next step is started.</returns>
    public StepWork Finish()
    {
        StepWork work = inFlight.Dequeue();
        spares.Push(work);
        return work;
    }

    /// <summary>The call has left the engine.</summary>
    public void Leave(int tag)
    {
        engine.Leave(tag);
        gone.Add(tag);
    }

    /// <summary>Gives up whatever is under way, and ends the thread.</summary>
    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        steps.Dispose();
        stop.Dispose();
    }

    private void Run()
    {
        try
        {
            Instant free = Instant.Zero;
            foreach (StepWork work in steps.GetConsumingEnumerable(stop.Token))
            {
                Instant begin = work.At > free ? work.At : free;
                if (!engine.Run(work, begin, clock, stop.Token))
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
            mailbox.Add(new(worker, Fault: fault));
        }
    }
}
