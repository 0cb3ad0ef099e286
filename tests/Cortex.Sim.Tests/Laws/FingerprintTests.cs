using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;
using Cortex.Sim.Tests.Simulations;
using Xunit;

namespace Cortex.Sim.Tests.Laws;

/// <summary>The same seed gives the same run: twice, on threads beside each other, compiled for debugging or for release, and on every machine.</summary>
[Trait("check", "3")]
public sealed class FingerprintTests
{
    /// <summary>Written down once. They change only with the kernel's order of events or its streams of chance, and then on purpose.</summary>
    [Theory]
    [InlineData(1, 2964521162207096616)]
    [InlineData(2, 15885947032274579451)]
    [InlineData(3, 16149573296362124590)]
    public void A_model_of_processes_has_this_fingerprint_everywhere(ulong seed, ulong fingerprint) => Assert.Equal(fingerprint, Model(seed));

    [Fact]
    public void Simulations_side_by_side_are_those_one_after_the_other()
    {
        ulong[] alone = [.. Enumerable.Range(1, 20).Select(seed => SimulatedRun.Play(SimulationCase.Random((ulong)seed)).Fingerprint)];
        ulong[] again = new ulong[alone.Length];
        Parallel.For(0, alone.Length, new() { MaxDegreeOfParallelism = 2 }, i => again[i] = SimulatedRun.Play(SimulationCase.Random((ulong)i + 1)).Fingerprint);
        Assert.Equal(alone, again);
        Assert.Equal(alone.Length, alone.Distinct().Count());
    }

    /// <summary>Queues with priorities and preemption, a store, guards and interrupts.</summary>
    private static ulong Model(ulong seed)
    {
        SimEnvironment env = new(seed);
        PreemptiveResource machine = new(env, 2);
        Store<int> parts = new(env, capacity: 5);
        env.Start(Source());
        env.Start(Sink());
        env.Run(new Instant(2_000_000_000_000));
        return env.Fingerprint;

        async Process Source()
        {
            RandomStream draw = env.Random("jobs");
            for (int i = 0; ; i++)
            {
                await env.Delay(draw.Exponential(0.6));
                env.Start(Job(i, draw.NextInt(3), draw.Gamma(2, 0.5)));
            }
        }

        async Process Job(int number, int priority, double left)
        {
            while (left > 0)
            {
                using Request request = machine.Request(priority);
                if (!await request.Within(Duration.FromSeconds(20)))
                {
                    return;
                }
                Instant since = env.Now;
                await env.Delay(left).OrInterrupt();
                left -= (env.Now - since).Seconds;
            }
            await parts.Put(number);
        }

        async Process Sink()
        {
            while (true)
            {
                await (parts.Get() | env.Timeout(3.0));
                await env.Delay(env.Random("sink").Uniform(0, 1));
            }
        }
    }
}
