using Cortex.Peers.Tests.Aisimulate;
using Cortex.Peers.Tests.Product;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The simulator with the dialect <c>aisimulate</c> gives the plain reference's times, to the nanosecond, in random scenarios.</summary>
public sealed class AisimulateDifferentialTests
{
    private const int SeedsPerCase = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_simulator_gives_the_times_of_the_plain_reference_with_and_without_repeated_steps(int hundred)
    {
        for (int i = 0; i < SeedsPerCase; i++)
        {
            AisimulateScenario scenario = AisimulateScenario.Of((ulong)(hundred * SeedsPerCase + i));
            Workload workload = scenario.Load();
            AisimulateComparison.AssertSame(scenario.Case, SimulatedAisimulate.Play(scenario.Case, workload, repeatSteps: true), toleranceNs: 0);
            AisimulateComparison.AssertSame(scenario.Case, SimulatedAisimulate.Play(scenario.Case, workload, repeatSteps: false), toleranceNs: 0);
        }
    }

    [Fact]
    public void The_scenarios_hit_preempt_and_wait()
    {
        int hits = 0, again = 0, late = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            AisimulateCase @case = AisimulateScenario.Of(seed).Case;
            foreach (AisimulateTimes times in @case.Expected)
            {
                Assert.True(times.Released <= times.Admitted && times.Admitted < times.FirstToken && times.FirstToken <= times.End, $"{@case.Run.Name}: {times}");
                hits += times.HitTokens > 0 ? 1 : 0;
                again += times.Admissions - 1;
                late += times.Admitted > times.Released ? 1 : 0;
            }
        }
        Assert.True(hits > 1000 && again > 1000 && late > 1000, $"{hits} hits, {again} preemptions, {late} had to wait");
    }
}
