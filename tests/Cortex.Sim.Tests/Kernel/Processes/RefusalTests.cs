using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>What a model must not do is refused at once, in plain words.</summary>
[Trait("check", "6")]
public sealed class RefusalTests
{
    private readonly SimEnvironment env = new();

    [Fact]
    public void A_process_that_awaits_a_task_fails_at_once()
    {
        env.Process(Foreign(new TaskCompletionSource().Task));
        Assert.StartsWith("process 'Foreign' awaits something that is not the simulation's", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_yields_to_the_thread_pool_fails_at_once()
    {
        env.Process(Yields());
        Assert.StartsWith("process 'Yields' awaits something that is not the simulation's", Failure(), StringComparison.Ordinal);

        static async Process Yields() => await Task.Yield();
    }

    [Fact]
    public async Task What_belongs_to_a_simulation_is_not_awaited_outside_a_process()
    {
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await env.Event());
        Assert.Equal("what belongs to a simulation is awaited inside a process: let the async method return Process", refusal.Message);
    }

    [Fact]
    public void A_negative_delay_is_refused()
    {
        Assert.Contains("a delay cannot be negative: -1 ns", Assert.Throws<ArgumentOutOfRangeException>(() => env.Timeout(new Duration(-1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => env.Delay(new Duration(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => env.Delay(-1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => env.Delay(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => env.Event().Within(new Duration(-1)));
    }

    [Fact]
    public void A_delay_beyond_the_end_of_time_is_refused()
    {
        env.Process(Waits());
        Assert.Contains("lies beyond the end of time", Failure(), StringComparison.Ordinal);

        async Process Waits()
        {
            await env.Delay(new Duration(1));
            await env.Delay(new Duration(long.MaxValue - 1));
        }
    }

    [Fact]
    public void A_process_that_was_called_and_never_started_is_reported()
    {
        env.Process(Forgets());
        InvalidOperationException report = Assert.Throws<InvalidOperationException>(() => env.Run());
        Assert.Equal("process 'Nothing' has not been started: pass it to env.Process or env.Start, or await it", report.Message);
        env.Run(); // Reported once.

        async Process Forgets()
        {
            await env.Delay(new Duration(1));
            _ = Nothing();
        }
    }

    [Fact]
    public void A_process_is_started_once()
    {
        Process process = env.Process(Nothing());
        Assert.Equal("process 'Nothing' has already been started", Assert.Throws<InvalidOperationException>(() => env.Process(process)).Message);
    }

    [Fact]
    public void A_part_of_a_process_is_awaited_once()
    {
        env.Process(Twice());
        Assert.Equal(
            "'Nothing' has been awaited before: start it with env.Process to wait for it more than once",
            Assert.Throws<SimulationFailedException>(() => env.Run()).InnerException!.Message);

        async Process Twice()
        {
            Process part = Nothing();
            await part;
            await part;
        }
    }

    [Fact]
    public void Environments_do_not_mix()
    {
        Event elsewhere = new SimEnvironment().Event();
        env.Process(Waits());
        Assert.Contains("waits for an event of another environment", Failure(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => env.AnyOf(elsewhere));
        Assert.Throws<ArgumentException>(() => env.Run(elsewhere));

        async Process Waits() => await elsewhere;
    }

    [Fact]
    public void A_process_does_not_run_its_environment_again()
    {
        env.Process(Nested());
        Assert.Contains("a process does not run it again", Failure(), StringComparison.Ordinal);

        async Process Nested()
        {
            await env.Delay(new Duration(1));
            env.Run();
        }
    }

    [Fact]
    public void Only_its_method_ends_a_process()
    {
        Process process = env.Process(Nothing());
        Assert.Throws<InvalidOperationException>(process.Succeed);
        env.Run();
        Assert.True(process.IsOk);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Nothing_has_room_for_nothing(int capacity)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resource(env, capacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Store<int>(env, capacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Container(env, capacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Container(env, 10).Put(capacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Container(env, 10).Get(capacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Container(env, 10, init: 11));
    }

    private async Process Foreign(Task task) => await task;

    private async Process Nothing() => await env.Delay(Duration.Zero);

    private string Failure() => Assert.Throws<SimulationFailedException>(() => env.Run()).InnerException!.Message;
}
