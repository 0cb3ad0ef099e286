using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Laws;

/// <summary>Operational laws on the kernel's own queues: exact, since every run ends idle. Seeds 1 to 20.</summary>
public sealed class QueueLawTests
{
    private const int Customers = 3_000;

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds)), Trait("check", "8")]
    public void Littles_law_holds_in_line_and_in_the_system(ulong seed)
    {
        Run run = new(seed);
        Assert.Equal(run.Waited, run.Desk.QueueLengths!.Area);
        Assert.Equal(run.Stayed, run.Desk.Wip!.Area);
        Assert.True(run.Waited > 0);
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "9")]
    public void Utilisation_is_throughput_times_service_and_what_came_has_left(ulong seed)
    {
        Run run = new(seed);
        Assert.Equal(run.Served, run.Desk.Utilization!.Area);
        Assert.Equal(Customers, run.Desk.WaitingTime!.Count + run.Desk.BreakOffTime!.Count);
        Assert.Equal(run.Desk.WaitingTime.Count, run.Desk.LeadTime!.Count);
        Assert.Equal((0, 0), (run.Desk.Count, run.Desk.QueueLength));
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "9")]
    public void No_server_idles_while_somebody_waits(ulong seed)
    {
        Run run = new(seed);
        Assert.Equal(0, run.IdleWhileWaiting);
        Assert.True(run.Instants > Customers);
    }

    /// <summary>Two servers with customers of three priorities, some of whom lose patience, by leases and by requests.</summary>
    private sealed class Run
    {
        public readonly PriorityResource Desk;
        public Int128 Waited, Stayed, Served;
        public int IdleWhileWaiting, Instants;
        private readonly SimEnvironment env;
        private Instant last;

        public Run(ulong seed)
        {
            env = new(seed);
            Desk = new(env, 2)
            {
                WaitingTime = new(env), BreakOffTime = new(env), LeadTime = new(env), QueueLengths = new(env), Utilization = new(env), Wip = new(env),
            };
            env.Trace = EndOfInstant;
            env.Start(Source());
            env.Run();
        }

        private async Process Source()
        {
            RandomStream draw = env.Random("customers");
            for (int i = 0; i < Customers; i++)
            {
                await env.Delay(draw.Exponential(0.55));
                env.Start(i % 2 == 0 ? Patient(draw.NextInt(3), draw.Exponential(1)) : Impatient(draw.NextInt(3), draw.Exponential(1), draw.Exponential(4)));
            }
        }

        private async Process Patient(int priority, double work)
        {
            Instant came = env.Now;
            Lease lease = await Desk.Acquire(priority);
            Waited += (env.Now - came).Ns;
            await Serve(came, work);
            lease.Dispose();
        }

        private async Process Impatient(int priority, double work, double patience)
        {
            Instant came = env.Now;
            using Request request = Desk.Request(priority);
            bool served = await request.Within(Duration.FromSeconds(patience));
            Waited += (env.Now - came).Ns;
            if (served)
            {
                await Serve(came, work);
            }
            else
            {
                Stayed += (env.Now - came).Ns;
            }
        }

        private async Process Serve(Instant came, double work)
        {
            Instant begin = env.Now;
            await env.Delay(work);
            Served += (env.Now - begin).Ns;
            Stayed += (env.Now - came).Ns;
        }

        /// <summary>The first step of an instant sees how the one before has ended.</summary>
        private void EndOfInstant(KernelStep step)
        {
            if (step.Time > last)
            {
                Instants++;
                IdleWhileWaiting += Desk.QueueLength > 0 && Desk.Remaining > 0 ? 1 : 0;
                last = step.Time;
            }
        }
    }
}
