using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>Monitors integrate exactly, and leave the warm-up out.</summary>
public sealed class MonitorTests
{
    [Fact]
    public void A_level_is_integrated_over_time_without_the_warm_up()
    {
        SimEnvironment env = new(warmUp: new(100));
        TimeSeriesMonitor line = new(env, name: "line");
        env.Process(Model());
        env.Run();
        // 0 to 50: nothing; 50 to 150: 8; 150 to 200: 2; 200 to 300: 3; of these, 100 to 300 count.
        Assert.Equal((Int128)((50 * 8) + (50 * 2) + (100 * 3)), line.Area);
        Assert.Equal(new Duration(200), line.Observed);
        Assert.Equal(4, line.Mean);
        Assert.Equal(((50 * 64) + (50 * 4) + (100 * 9)) / 200.0 - 16, line.Variance, 12);
        Assert.Equal(2, line.Min);
        Assert.Equal(8, line.Max);
        Assert.Equal(3, line.Level);

        async Process Model()
        {
            await env.Delay(new Duration(20));
            line.UpdateTo(30);
            line.UpdateTo(0);
            await env.Delay(new Duration(30));
            line.Increase(8);
            await env.Delay(new Duration(100));
            line.Decrease(6);
            await env.Delay(new Duration(50));
            line.Increase();
            await env.Delay(new Duration(100));
        }
    }

    [Fact]
    public void Samples_before_the_warm_up_is_over_are_left_out()
    {
        SimEnvironment env = new(warmUp: new(10));
        SampleMonitor waits = new(env, "waits");
        Assert.True(double.IsNaN(waits.Mean));
        env.Process(Model());
        env.Run();
        Assert.Equal(3, waits.Count);
        Assert.Equal(4, waits.Mean);
        Assert.Equal(7, waits.Variance);
        Assert.Equal(2, waits.Min);
        Assert.Equal(7, waits.Max);
        Assert.Equal("waits: 3, mean 4, std 2.64575, 2 to 7", waits.ToString());

        async Process Model()
        {
            waits.Add(1e9);
            await env.Delay(new Duration(10));
            waits.Add(7);
            waits.Add(2);
            waits.Add(3);
        }
    }

    [Fact]
    public void The_monitors_of_a_resource_agree_by_Littles_law()
    {
        SimEnvironment env = new(seed: 3);
        Resource desk = new(env, 2) { WaitingTime = new(env), QueueLengths = new(env), Utilization = new(env) };
        env.Process(Source());
        env.Run();
        Assert.Equal(0, desk.QueueLength);
        // All who waited are gone: the integral of the line is the sum of the waits, to the nanosecond.
        Assert.Equal((double)desk.QueueLengths.Area / 1e9, desk.WaitingTime.Mean * desk.WaitingTime.Count, 6);
        Assert.Equal(2, desk.Utilization.Max);

        async Process Source()
        {
            for (int i = 0; i < 500; i++)
            {
                await env.Delay(env.Random("arrivals").Exponential(1));
                env.Start(Customer());
            }
        }

        async Process Customer()
        {
            using Lease lease = await desk.Acquire();
            await env.Delay(env.Random("services").Exponential(1.8));
        }
    }
}
