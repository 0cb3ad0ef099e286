using System.Runtime.ExceptionServices;

namespace Cortex.Runtime.Cpu.Threads;

/// <summary>
/// Threads that share the tiles of one piece of work after the other. Each begins at its own place, so that it reads what lies behind each other, and
/// whoever is free helps the others out, the caller too: a thread that the system has set aside for another program holds up at most the one tile that it
/// has begun, and nobody waits for a thread that has begun none. Waiting is a short spin and then sleep: a sleeping thread leaves its core to whoever
/// needs it, a spinning one would take it away from the very thread that it waits for.
/// </summary>
public sealed class WorkCrew : IDisposable
{
    // About 100 µs of the thread's own time: enough to bridge the stretches between two products of a step, little against a slice of time. Counted and
    // not timed, so that a thread which was set aside meanwhile does not find its patience at an end when it comes back.
    private const int Spins = 3_000;

    private readonly Thread[] others;
    private readonly OpenTiles open;
    private readonly Lock callers = new();
    private readonly object sleep = new();
    private readonly object end = new();

    private int piece;
    private int unfinished;
    private int sleeping;
    private bool callerSleeps;
    private bool stopped;
    private int callersCore = Cores.Unknown;
    private ITileWork? work;
    private ExceptionDispatchInfo? fault;

    /// <param name="threads">The caller counts as one of them; at least 1.</param>
    public WorkCrew(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        open = new(threads);
        others = new Thread[threads - 1];
        for (int i = 0; i < others.Length; i++)
        {
            int number = i + 1;
            others[i] = new Thread(() => Serve(number)) { IsBackground = true, Name = $"crew {number}" };
            others[i].Start();
        }
    }

    /// <summary>With the caller.</summary>
    public int Threads => others.Length + 1;

    /// <summary>Does all tiles and returns when the last is done. Allocates nothing. One caller at a time; a tile must not call it.</summary>
    /// <param name="tiles">From 0 to <see cref="OpenTiles.Most"/>.</param>
    /// <param name="work">What to do.</param>
    /// <exception cref="Exception">What a tile threw, the first of them, after all tiles have ended.</exception>
    public void Run(int tiles, ITileWork work)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tiles);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tiles, OpenTiles.Most);
        lock (callers)
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            this.work = work;
            fault = null;
            Volatile.Write(ref unfinished, tiles);
            Volatile.Write(ref callersCore, Cores.Current);
            open.Publish(tiles);
            Interlocked.Increment(ref piece);
            if (tiles > 1 && Volatile.Read(ref sleeping) > 0)
            {
                lock (sleep)
                {
                    Monitor.PulseAll(sleep);
                }
            }
            DoAll(thread: 0);
            AwaitBegunTiles();
            this.work = null;
            fault?.Throw();
        }
    }

    /// <summary>Ends the threads. No work may be running.</summary>
    public void Dispose()
    {
        lock (sleep)
        {
            stopped = true;
            Monitor.PulseAll(sleep);
        }
        foreach (Thread thread in others)
        {
            thread.Join();
        }
    }

    /// <summary>Does tiles until none is left to begin.</summary>
    private void DoAll(int thread)
    {
        while (open.TryTake(thread, out int tile))
        {
            try
            {
                Volatile.Read(ref work)!.Run(tile, thread);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(exception), null);
            }
            if (Interlocked.Decrement(ref unfinished) == 0 && thread != 0 && Volatile.Read(ref callerSleeps))
            {
                lock (end)
                {
                    Monitor.Pulse(end);
                }
            }
        }
    }

    private void AwaitBegunTiles()
    {
        for (int i = 0; i < Spins; i++)
        {
            if (Volatile.Read(ref unfinished) == 0)
            {
                return;
            }
            Thread.SpinWait(1);
        }
        lock (end)
        {
            Volatile.Write(ref callerSleeps, true);
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref unfinished) != 0)
            {
                Monitor.Wait(end);
            }
            Volatile.Write(ref callerSleeps, false);
        }
    }

    private void Serve(int thread)
    {
        for (int seen = 0; AwaitPieceAfter(seen);)
        {
            seen = Volatile.Read(ref piece);
            // Where the cores are busy the system may have woken this thread on the caller's: there the two would only take turns.
            if (Cores.Current is int core and not Cores.Unknown && core == Volatile.Read(ref callersCore))
            {
                Cores.Leave(core);
            }
            DoAll(thread);
        }
    }

    /// <returns>False if the crew is at its end.</returns>
    private bool AwaitPieceAfter(int seen)
    {
        for (int i = 0; i < Spins; i++)
        {
            if (Volatile.Read(ref piece) != seen)
            {
                return true;
            }
            Thread.SpinWait(1);
        }
        lock (sleep)
        {
            Interlocked.Increment(ref sleeping);
            while (Volatile.Read(ref piece) == seen && !stopped)
            {
                Monitor.Wait(sleep);
            }
            Interlocked.Decrement(ref sleeping);
            return !stopped;
        }
    }
}
