using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Cortex.Runtime.Cpu.Threads;

/// <summary>
/// Threads that share the tiles of one piece of work after the other. Whoever is free takes the next tile, the caller too, so that a thread which the
/// system has set aside for another program holds up at most the one tile that it has begun; nobody waits for a thread that has begun none. Waiting is
/// a short spin and then sleep: a sleeping thread leaves its core to whoever needs it, a spinning one would take it away from the thread it waits for.
/// </summary>
public sealed class WorkCrew : IDisposable
{
    // Long enough to bridge the stretches between two products of a step, short enough to cost nobody else a slice of time.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    private readonly Thread[] others;
    private readonly Lock callers = new();
    private readonly object sleep = new();
    private readonly object end = new();

    // Number of the piece of work in the high half, tiles that nobody has taken yet in the low half. One number, so that a thread that comes late
    // cannot take a tile of the next piece for one of the last.
    private long open;
    private int unfinished;
    private int sleeping;
    private bool callerSleeps;
    private bool stopped;
    private ITileWork? work;
    private int tiles;
    private ExceptionDispatchInfo? fault;

    /// <param name="threads">The caller counts as one of them; at least 1.</param>
    public WorkCrew(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
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
    /// <param name="tiles">At least 0.</param>
    /// <param name="work">What to do.</param>
    /// <exception cref="Exception">What a tile threw, the first of them, after all tiles have ended.</exception>
    public void Run(int tiles, ITileWork work)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tiles);
        lock (callers)
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            this.work = work;
            this.tiles = tiles;
            fault = null;
            Volatile.Write(ref unfinished, tiles);
            long piece = (Volatile.Read(ref open) >>> 32) + 1;
            Interlocked.Exchange(ref open, (piece << 32) | (uint)tiles);
            if (tiles > 1 && Volatile.Read(ref sleeping) > 0)
            {
                lock (sleep)
                {
                    Monitor.PulseAll(sleep);
                }
            }
            while (DoOne(thread: 0))
            {
            }
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

    /// <summary>Takes a tile and does it.</summary>
    /// <returns>False if there was none.</returns>
    private bool DoOne(int thread)
    {
        while (true)
        {
            long seen = Volatile.Read(ref open);
            int left = (int)(uint)seen;
            if (left == 0)
            {
                return false;
            }
            // These belong to the piece seen if nobody has taken a tile since: they change only when all its tiles are done.
            ITileWork? current = Volatile.Read(ref work);
            int tile = Volatile.Read(ref tiles) - left;
            if (Interlocked.CompareExchange(ref open, seen - 1, seen) == seen)
            {
                Do(current!, tile, thread);
                return true;
            }
        }
    }

    private void Do(ITileWork current, int tile, int thread)
    {
        try
        {
            current.Run(tile, thread);
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

    private void AwaitBegunTiles()
    {
        if (SpinUntil(this, crew => Volatile.Read(ref crew.unfinished) == 0))
        {
            return;
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

    private void Serve(int number)
    {
        while (!Volatile.Read(ref stopped))
        {
            if (DoOne(number) || SpinUntil(this, crew => (int)(uint)Volatile.Read(ref crew.open) != 0))
            {
                continue;
            }
            lock (sleep)
            {
                Interlocked.Increment(ref sleeping);
                while ((int)(uint)Volatile.Read(ref open) == 0 && !stopped)
                {
                    Monitor.Wait(sleep);
                }
                Interlocked.Decrement(ref sleeping);
            }
        }
    }

    private static bool SpinUntil(WorkCrew crew, Func<WorkCrew, bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int i = 0; i < 16; i++)
            {
                if (condition(crew))
                {
                    return true;
                }
                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() - start < SpinTicks);
        return false;
    }
}
