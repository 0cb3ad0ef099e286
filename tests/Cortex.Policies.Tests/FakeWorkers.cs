using Cortex.Policies.Random;

namespace Cortex.Policies.Tests;

/// <summary>What a policy sees of one worker, and the KV that it holds of the call's prompt.</summary>
internal readonly record struct WorkerState(int Running, int Waiting, long QueuedPrefillTokens, int CachedTokens = 0, int Pool = 0);

/// <summary>Candidates with states set by the test.</summary>
internal sealed class FakeWorkers(WorkerState[] states, int lastOfWorkflow = -1) : ICandidateSource
{
    public WorkerState[] States => states;

    public int Count => states.Length;

    public int LastOfWorkflow => lastOfWorkflow;

    public int CachedTokens(int index) => states[index].CachedTokens;

    public WorkerView Worker(int index) => new()
    {
        Id = new WorkerId((ushort)index),
        Pool = new PoolId((byte)states[index].Pool),
        Model = default,
        AsOf = Instant.Zero,
        Running = states[index].Running,
        Waiting = states[index].Waiting,
        QueuedPrefillTokens = states[index].QueuedPrefillTokens,
    };

    /// <summary>Workers with small loads, so that ties are common.</summary>
    public static FakeWorkers Draw(RandomStream random, int maxWorkers = 9)
    {
        var states = new WorkerState[1 + random.NextInt(maxWorkers)];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = new(random.NextInt(200), random.NextInt(4), 100 * random.NextInt(4), 16 * random.NextInt(3));
        }
        return new FakeWorkers(states, random.NextInt(states.Length + 1) - 1);
    }

    /// <summary>Workers no two of which are equal in anything that a rule may look at.</summary>
    public static FakeWorkers DrawDistinct(RandomStream random)
    {
        int count = 1 + random.NextInt(9);
        int[] running = Shuffled(count, random), queued = Shuffled(count, random), cached = Shuffled(count, random);
        int scale = 1 + random.NextInt(40);
        WorkerState[] states = [.. Enumerable.Range(0, count).Select(i => new WorkerState(scale * running[i], 0, 100 * queued[i], 16 * cached[i]))];
        return new FakeWorkers(states, random.NextInt(count + 1) - 1);
    }

    /// <summary>The same workers, worker <c>order[i]</c> standing at index i.</summary>
    public FakeWorkers Reordered(int[] order) =>
        new([.. order.Select(old => states[old])], lastOfWorkflow < 0 ? -1 : Array.IndexOf(order, lastOfWorkflow));

    public static int[] Shuffled(int count, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
