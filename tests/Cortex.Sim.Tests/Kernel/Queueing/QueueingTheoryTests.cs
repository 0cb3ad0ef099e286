using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Queueing;

/// <summary>The kernel gives the means of queueing theory.</summary>
[Trait("check", "7")]
public sealed class QueueingTheoryTests
{
    private const int Customers = 62_000;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void M_M_1(double load) =>
        Intervals.Cover(load / (1 - load), seed => Models.Waits(seed, Customers, 1, load, Models.Exponential));

    [Theory]
    [InlineData(2, 0.7)]
    [InlineData(8, 0.8)]
    public void M_M_c_by_Erlang_C(int servers, double load) =>
        Intervals.Cover(ErlangC(servers, load) / (servers * (1 - load)), seed => Models.Waits(seed, Customers, servers, load, Models.Exponential));

    [Theory]
    [InlineData(3, 3, 2.0)] // Erlang's loss system.
    [InlineData(5, 5, 6.0)]
    [InlineData(2, 6, 1.8)]
    public void M_M_c_K_by_birth_and_death(int servers, int room, double rate)
    {
        double[] states = BirthDeath(room, _ => rate, busy => Math.Min(busy, servers));
        Intervals.Cover(states[room], seed => Models.Losses(seed, Customers, servers, room, rate));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void M_G_1_by_Pollaczek_and_Khinchine(int variation)
    {
        const double Load = 0.6;
        Models.Draw service = variation == 0 ? Models.Constant : variation == 1 ? Models.Exponential : Models.Bursty;
        Intervals.Cover(Load * (1 + variation) / (2 * (1 - Load)), seed => Models.Waits(seed, 2 * Customers, 1, Load, service));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Priorities_by_Cobham(int level)
    {
        double[] rates = [0.2, 0.3, 0.2];
        double before = rates.Take(level).Sum();
        double theory = rates.Sum() / ((1 - before) * (1 - before - rates[level])); // λ E[S²] / 2 = λ, as the mean service is 1.
        Intervals.Cover(theory, seed => Models.PriorityWaits(seed, Customers, rates, level));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void Processor_sharing_does_not_feel_the_variation(int variation)
    {
        const double Load = 0.5;
        Models.Draw work = variation == 0 ? Models.Constant : variation == 1 ? Models.Exponential : Models.Bursty;
        Intervals.Cover(1 / (1 - Load), seed => SharedProcessor.Times(seed, Customers / 2, Load, work));
    }

    [Theory]
    [InlineData(6, 2)]
    [InlineData(4, 1)]
    public void Machine_repair(int machines, int repairers)
    {
        const double Life = 10, Repair = 3;
        double[] states = BirthDeath(machines, down => (machines - down) / Life, down => Math.Min(down, repairers) / Repair);
        double mean = states.Select((probability, down) => probability * down).Sum();
        Intervals.Cover(mean, seed => Models.Down(seed, 3_200, machines, repairers, Life, Repair));
    }

    [Fact]
    public void Jackson_tandem() =>
        Intervals.Cover(1 / (1 - 0.6) + 1 / (1 / 0.8 - 0.6), seed => Models.Tandem(seed, Customers, 0.6, 1, 0.8));

    [Fact]
    public void G_G_1_stays_below_Kingmans_bound()
    {
        const double Load = 0.8;
        double bound = Load * ((0.5 / (Load * Load)) + (1.0 / 3)) / (2 * (1 - Load)); // Erlang-2 arrivals, Erlang-3 services.
        Intervals.StayBelow(bound, seed => Models.Waits(seed, Customers, 1, Load, stream => stream.Erlang(3, 1), stream => stream.Erlang(2, 1)));
    }

    private static double ErlangC(int servers, double load)
    {
        double loss = 1;
        for (int n = 1; n <= servers; n++)
        {
            loss = servers * load * loss / (n + (servers * load * loss));
        }
        return loss / (1 - (load * (1 - loss)));
    }

    /// <summary>Stationary probabilities of 0 … last.</summary>
    private static double[] BirthDeath(int last, Func<int, double> up, Func<int, double> down)
    {
        double[] weights = new double[last + 1];
        weights[0] = 1;
        for (int state = 1; state <= last; state++)
        {
            weights[state] = weights[state - 1] * up(state - 1) / down(state);
        }
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
