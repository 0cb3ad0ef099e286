using Xunit;

namespace Cortex.Serving.Tests.Metrics;

public sealed class MemoryTests
{
    [Fact]
    public void A_million_calls_are_affordable()
    {
        const int Calls = 1_000_000;
        MetricsCollector collector = new();
        RunAudit audit = new();
        ObserverList both = new(collector, audit);
        Play(both, 0, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(both, 1, Calls);
        long perCall = (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
        // Kept: 48 bytes a call, 40 a workflow, 2 in the audit; lists that double have allocated up to four times what they hold.
        Assert.InRange(perCall, 1, 4 * 48 + 40 + 2 + 1);
        audit.Check(new(2L * Calls));
        Assert.Equal(Calls, collector.Summarise(new(2L * Calls), default).Ttft.Samples);
    }

    [Fact]
    public void Who_blames_remembers_nodes_as_long_as_their_workflow_lasts()
    {
        const int Calls = 200_000;
        MetricsCollector collector = new(new OneByOne());
        Play(collector, 0, 2_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(collector, 2_000, Calls);
        // 48 bytes a call, 40 and 64 a workflow; a node would be 56 more.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (Calls - 2_000), 100, 175);
        Assert.Equal(1, collector.BlameOf(Calls - 1)!.Value.Total.Ns);
        Assert.Equal(1, collector.BlameOf(0)!.Value.Decode.Ns + collector.BlameOf(0)!.Value.Prefill.Ns);
    }

    /// <summary>Calls from number <paramref name="first"/> on, each a workflow of its own.</summary>
    private static void Play(IServingObserver observer, int first, int end)
    {
        for (int tag = first; tag < end; tag++)
        {
            observer.WorkflowArrived(tag, new(2L * tag));
            observer.CallArrived(tag, new(2L * tag));
            observer.CallEnded(new()
            {
                Tag = tag,
                WorkflowTag = tag,
                ArrivalNumber = tag,
                Stage = default,
                State = CallState.Finished,
                Ready = new(2L * tag),
                Scheduled = new(2L * tag),
                FirstToken = new(2L * tag + 1),
                End = new(2L * tag + 1),
                PromptTokens = 100,
                OutputTokens = 1,
                HitTokens = 0,
                Preemptions = 0,
                Worker = default,
            });
            observer.WorkflowEnded(tag, new(2L * tag + 1));
        }
    }

    /// <summary>Each workflow is one call.</summary>
    private sealed class OneByOne : IWorkflowCauses
    {
        public (int Node, bool ByStart) CauseOf(int node) => (-1, false);

        public (int Node, bool ByStart) LastOf(int workflow) => (workflow, false);

        public (int First, int Count) NodesOf(int workflow) => (workflow, 1);
    }
}
