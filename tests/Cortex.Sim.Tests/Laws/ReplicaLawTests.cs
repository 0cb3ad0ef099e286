using Cortex.Policies;
using Cortex.Serving;
using Cortex.Sim.Tests.Simulations;
using Xunit;

namespace Cortex.Sim.Tests.Laws;

/// <summary>Laws that every replica of every run obeys, seen from outside: by the observer's stream alone. Seeds 1 to 20, then 20 more without repeated steps.</summary>
public sealed class ReplicaLawTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds)), Trait("check", "9")]
    public void Flows_balance_and_nobody_idles_while_calls_wait(ulong seed)
    {
        SimulationCase @case = SimulationCase.Random(seed);
        foreach (bool repeatSteps in (bool[])[true, false])
        {
            Replica[] replicas = [.. @case.Engines.Select(_ => new Replica())];
            SimulatedRun run = SimulatedRun.Play(@case with { PlanningTime = Duration.Zero }, repeatSteps, listener: new Watch(replicas));
            for (int i = 0; i < replicas.Length; i++)
            {
                Replica replica = replicas[i];
                Assert.Equal(replica.Came, replica.Went);
                Assert.Equal(replica.Came, run.Records.Count(record => record.State == CallState.Finished && record.Worker.Value == i));
                // Utilisation law: the time at work is the number of steps × their mean; work conservation: that is all the time at which calls are there.
                Assert.Equal(replica.Occupied, replica.Worked);
                Assert.Equal(run.Simulation.Core.Engines[i].Totals.Steps, replica.Steps);
                // Little's law on the replica: calls there, integrated over time, and what their records say.
                Assert.Equal(replica.Area, run.Records.Where(record => record.State == CallState.Finished && record.Worker.Value == i).Sum(record => record.End.Ns - record.Ready.Ns));
            }
            Assert.True(replicas.Sum(replica => replica.Worked) > 0);
        }
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "10")]
    public void Tokens_blocks_and_calls_are_conserved(ulong seed)
    {
        SimulationCase @case = SimulationCase.Random(seed);
        SimulatedRun run = SimulatedRun.Play(@case, listener: new Blocks());
        foreach (EngineCore engine in run.Simulation.Core.Engines)
        {
            // Every token was computed or found, and has been let go; block 0 is never used.
            Assert.Equal(engine.Totals.Tokens + engine.Totals.HitTokens, engine.Totals.ReleasedTokens);
            Assert.Equal(engine.Settings.NumBlocks - 1, engine.Kv.Total);
            Assert.Equal(engine.Kv.Total, engine.Kv.Free);
        }
        Assert.Equal(run.Records.Count, run.Records.Select(record => record.Tag).Distinct().Count());
        // Without preemption each call computes or finds its prompt, and all of its output but the last token.
        if (run.Records.All(record => record.Preemptions == 0) && !@case.Engines[0].AsyncScheduling)
        {
            CallRecord[] served = [.. run.Records.Where(record => record.State == CallState.Finished)];
            Assert.Equal(
                served.Sum(record => (long)record.PromptTokens + record.OutputTokens - 1),
                run.Simulation.Core.Engines.Sum(engine => engine.Totals.Tokens + engine.Totals.HitTokens));
        }
    }

    /// <summary>What one replica did, in nanoseconds.</summary>
    private sealed class Replica
    {
        public long Came, Went, Steps, InFlight, Worked, Occupied, Area;
    }

    private sealed class Watch(Replica[] replicas) : IServingObserver
    {
        private readonly Dictionary<int, int> workerOf = [];
        private long now;

        public void WorkflowArrived(int tag, Instant at) => Advance(at);

        public void WorkflowEnded(int tag, Instant at) => Advance(at);

        public void CallArrived(int tag, Instant at) => Advance(at);

        public void CallRouted(int tag, WorkerId worker, Instant at)
        {
            Advance(at);
            workerOf.Add(tag, worker.Value);
            replicas[worker.Value].Came++;
        }

        public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
        {
            Advance(at);
            replicas[worker.Value].InFlight++;
        }

        public void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at)
        {
            Advance(at);
            Replica replica = replicas[worker.Value];
            replica.InFlight--;
            replica.Steps += result.Count;
            replica.Worked += result.DeviceTime.Ns;
        }

        public void CallEnded(in CallRecord record)
        {
            Advance(record.End);
            if (workerOf.TryGetValue(record.Tag, out int worker))
            {
                replicas[worker].Went++;
            }
        }

        private void Advance(Instant at)
        {
            long passed = at.Ns - now;
            now = at.Ns;
            if (passed == 0)
            {
                return;
            }
            foreach (Replica replica in replicas)
            {
                long there = replica.Came - replica.Went;
                Assert.True(there == 0 || replica.InFlight > 0, $"calls wait and nothing runs, until {at.Ns} ns");
                replica.Area += there * passed;
                replica.Occupied += there > 0 || replica.InFlight > 0 ? passed : 0;
            }
        }
    }

    /// <summary>At each step: no more blocks than there are, and no key without a block.</summary>
    private sealed class Blocks : IServingObserver
    {
        public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
        {
            Assert.InRange(kv.Free, 0, kv.Total);
            Assert.InRange(kv.CachedKeys, 0, kv.Total);
        }
    }
}
