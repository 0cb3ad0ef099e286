using Cortex.Runtime.Cpu.Threads;
using Xunit;

namespace Cortex.Cpu.Tests.Threads;

/// <summary>Every tile once, whoever does it.</summary>
public sealed class WorkCrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_tile_is_done_once_and_before_the_call_returns(int threads)
    {
        using WorkCrew crew = new(threads);
        Counting work = new(threads);
        for (int round = 0; round < 20_000; round++)
        {
            int tiles = round % 7;
            crew.Run(tiles, work);
            for (int tile = 0; tile < 7; tile++)
            {
                Assert.Equal(tile < tiles ? 1 : 0, work.Done[tile]);
                work.Done[tile] = 0;
            }
        }
        Assert.False(work.Shared);
    }

    [Fact]
    public void Sleeping_threads_are_woken()
    {
        using WorkCrew crew = new(2);
        Counting work = new(2);
        Meeting meeting = new();
        for (int round = 0; round < 20; round++)
        {
            Thread.Sleep(2);
            crew.Run(2, meeting); // Ends only if two threads take a tile each.
            crew.Run(3, work);
        }
    }

    [Fact]
    public void A_thread_held_up_in_a_tile_leaves_all_others_to_the_caller()
    {
        using WorkCrew crew = new(2);
        using ManualResetEventSlim held = new(false);
        Holding holding = new(held);
        crew.Run(100, holding);
        Assert.Equal(100, holding.Count);
    }

    [Fact]
    public void What_a_tile_throws_reaches_the_caller_and_the_crew_goes_on()
    {
        using WorkCrew crew = new(3);
        for (int round = 0; round < 100; round++)
        {
            Assert.Equal("tile 5", Assert.Throws<InvalidOperationException>(() => crew.Run(9, new Failing())).Message);
        }
        Counting work = new(3);
        crew.Run(7, work);
        Assert.All(work.Done, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        using WorkCrew crew = new(2);
        Counting work = new(2);
        crew.Run(7, work);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1_000; round++)
        {
            crew.Run(7, work);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private sealed class Counting(int threads) : ITileWork
    {
        private readonly int[] busy = new int[threads];

        public int[] Done { get; } = new int[7];

        /// <summary>Whether two tiles ran under one number at the same time.</summary>
        public bool Shared { get; private set; }

        public void Run(int tile, int thread)
        {
            Shared |= Interlocked.Increment(ref busy[thread]) != 1;
            Interlocked.Increment(ref Done[tile]);
            Interlocked.Decrement(ref busy[thread]);
        }
    }

    private sealed class Meeting : ITileWork
    {
        private readonly Barrier barrier = new(2);

        public void Run(int tile, int thread) => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(30)));
    }

    private sealed class Holding(ManualResetEventSlim others) : ITileWork
    {
        private int count;

        public int Count => count;

        public void Run(int tile, int thread)
        {
            if (thread != 0)
            {
                Assert.True(others.Wait(TimeSpan.FromSeconds(30)));
            }
            if (Interlocked.Increment(ref count) >= 99)
            {
                others.Set();
            }
        }
    }

    private sealed class Failing : ITileWork
    {
        public void Run(int tile, int thread)
        {
            if (tile == 5)
            {
                throw new InvalidOperationException("tile 5");
            }
        }
    }
}
