using System.Runtime.CompilerServices;
using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Running. Nothing is lost between two runs.</summary>
public sealed partial class SimEnvironment
{
    private const int EventsAtATime = 256;

    private SimulationFailedException? failed;
    private bool isRunning;
    private UnstartedProcesses? running;

    /// <summary>Runs until nothing is left to happen.</summary>
    /// <exception cref="SimulationFailedException">A process or an event failed, and nobody has taken care of it.</exception>
    /// <exception cref="InvalidOperationException">Called by a process; or a process was called and never started.</exception>
    public RunResult Run() => RunTo(long.MaxValue);

    /// <summary>Runs until a time, whose events stay ahead; the clock stands there then, also when nothing was left.</summary>
    /// <param name="until">Later than the present.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not later than the present.</exception>
    /// <inheritdoc cref="Run()"/>
    public RunResult Run(Instant until)
    {
        if (until <= Now)
        {
            throw new ArgumentOutOfRangeException(nameof(until), until.Ns, $"a run ends later than the present, {Now.Ns} ns: {until.Ns} ns");
        }
        RunResult result = RunTo(until.Ns);
        Agenda.MoveTo(until.Ns);
        return result with { Reason = RunEnd.TimeReached, Now = until };
    }

    /// <summary>Runs until a time in seconds, as SimPy's <c>run(until=15)</c>.</summary>
    /// <inheritdoc cref="Run(Instant)"/>
    public RunResult Run(double until) => Run(new Instant(Policies.Duration.FromSeconds(until).Ns));

    /// <summary>Runs on for a length of time.</summary>
    /// <inheritdoc cref="Run(Instant)"/>
    public RunResult Run(Duration length) => Run(Now + length);

    /// <inheritdoc cref="Run(Duration)"/>
    public RunResult Run(TimeSpan length) => Run(Duration(length));

    /// <summary>
    /// Runs until an event is processed; returns at once if it has been. Those who listened to it before are told; those who came later go
    /// on with the next run, as they stand behind the end of this one.
    /// </summary>
    /// <exception cref="SimulationFailedException">It failed; or another did, and nobody has taken care of it.</exception>
    /// <exception cref="InvalidOperationException">Nothing is left to happen, and the event has not; or as <see cref="Run()"/>.</exception>
    public RunResult Run(Event until)
    {
        ArgumentNullException.ThrowIfNull(until);
        if (until.Environment != this)
        {
            throw new ArgumentException("a run ends with an event of its own environment", nameof(until));
        }
        RunResult result = new(RunEnd.EventProcessed, 0, Now);
        if (!until.IsProcessed)
        {
            RunStop stop = new(this);
            until.AddListener(stop);
            try
            {
                result = RunTo(long.MaxValue);
            }
            finally
            {
                until.RemoveListener(stop); // Another failure may have come before: a later run is not to end here.
            }
            if (!until.IsProcessed)
            {
                throw new InvalidOperationException("nothing is left to happen, and the event that was to end the run has not been triggered");
            }
        }
        if (until.Failure is { } failure)
        {
            until.Defused = true;
            throw Failed(until, failure);
        }
        return result with { Reason = RunEnd.EventProcessed };
    }

    /// <returns>The event's value.</returns>
    /// <inheritdoc cref="Run(Event)"/>
    public T Run<T>(Event<T> until)
    {
        Run((Event)until);
        return until.Result;
    }

    /// <returns>What the process returned.</returns>
    /// <inheritdoc cref="Run(Event)"/>
    public T Run<T>(Process<T> until)
    {
        Run((Event)until);
        return until.Result;
    }

    /// <summary>When the next event is due; null if nothing is left.</summary>
    public Instant? Peek() => Agenda.Peek() is var next && next == long.MaxValue ? null : new(next);

    /// <summary>Processes one event; false if nothing is left.</summary>
    /// <inheritdoc cref="Run()"/>
    public bool Step()
    {
        Enter();
        try
        {
            bool any = trace is null ? TakeOne(long.MaxValue) : TakeTraced(long.MaxValue);
            ThrowIfFailed();
            return any;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Those of the thread that runs it, or else of the one that calls.</summary>
    internal UnstartedProcesses Unstarted => running ?? UnstartedProcesses.Here;

    /// <summary>Whether the run is about to end, by a failure or by the event that it was to end with.</summary>
    internal bool IsHalted { get; private set; }

    internal void StopBy(Event failure)
    {
        failed ??= Failed(failure, failure.Failure!);
        IsHalted = true;
    }

    internal void StopBy(Exception misuse)
    {
        failed ??= new(Running?.Name, this, misuse);
        IsHalted = true;
    }

    private RunResult RunTo(long limit)
    {
        Enter();
        long before = ProcessedEvents;
        try
        {
            while (trace is null ? TakeSome(limit) : !IsHalted && TakeTraced(limit))
            {
            }
            ThrowIfFailed();
        }
        finally
        {
            Leave();
        }
        if (UnstartedProcesses.Here.TakeAny() is { } forgotten)
        {
            throw forgotten.Unusable();
        }
        return new(RunEnd.Exhausted, ProcessedEvents - before, Now);
    }

    /// <summary>
    /// Takes some; false if the run has come to its end. Called again and again, since a loop that never returns is compiled for good only
    /// in the midst of its work, and worse than a method that is called.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeSome(long limit)
    {
        for (int i = 0; i < EventsAtATime; i++)
        {
            if (IsHalted || !TakeOne(limit))
            {
                return false;
            }
        }
        return true;
    }

    private bool TakeOne(long limit)
    {
        if (Agenda.Take(limit) is not { } next)
        {
            return false;
        }
        ProcessedEvents++;
        next.Fire();
        return true;
    }

    /// <summary>The same with somebody who looks: apart, so that nobody else pays for it.</summary>
    private bool TakeTraced(long limit)
    {
        if (Agenda.Take(limit) is not { } next)
        {
            return false;
        }
        ProcessedEvents++;
        trace!(new(ProcessedEvents, Now, next));
        next.Fire();
        return true;
    }

    private void ThrowIfFailed()
    {
        if (failed is { } failure)
        {
            failed = null;
            throw failure;
        }
    }

    private void Enter()
    {
        if (isRunning)
        {
            throw new InvalidOperationException("the environment is running: a process does not run it again");
        }
        isRunning = true;
        IsHalted = false;
        running = UnstartedProcesses.Here;
        running.IsRunning = true;
    }

    private void Leave()
    {
        isRunning = false;
        Running = null;
        running!.IsRunning = false;
        running = null;
    }

    private SimulationFailedException Failed(Event by, Exception failure) => new((by as Process)?.Name, this, failure);

    private sealed class RunStop(SimEnvironment environment) : Schedulable
    {
        internal override void Fire()
        {
        }

        internal override void Heard(Event happened)
        {
            happened.Defused = true; // The run's caller is told.
            environment.IsHalted = true;
        }
    }
}
