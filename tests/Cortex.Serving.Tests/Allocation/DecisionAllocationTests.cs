using Cortex.Policies;
using Cortex.Policies.Registry;
using Xunit;

namespace Cortex.Serving.Tests.Allocation;

/// <summary>
/// What the fleet does for a call (book it, show its routing policy the workers, ask for its key, tell its end) allocates nothing beyond
/// what its engine allocates for it.
/// </summary>
public sealed class DecisionAllocationTests
{
    private const int Calls = 600;
    private const int WarmCalls = 300;

    public static TheoryData<string, string> Policies
    {
        get
        {
            var data = new TheoryData<string, string>();
            IReadOnlyList<PolicyDescription> all = new PolicyRegistry().Policies;
            foreach (PolicyDescription routing in all.Where(policy => policy.Axis.Name == "routing"))
            {
                foreach (PolicyDescription scheduling in all.Where(policy => policy.Axis.Name == "scheduling"))
                {
                    data.Add(routing.Name, scheduling.Name);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Routing_and_scheduling_decisions_allocate_nothing(string routing, string scheduling)
    {
        CallRequest[] calls = [.. Enumerable.Range(0, WarmCalls + Calls).Select(call => LoneEngine.Request(call, prompt: 100, output: 4))];
        var fleet = new Fleet(routing, scheduling, workers: 6);
        var single = new Fleet("round-robin", "fcfs", workers: 1);
        var engine = new Engine();
        long[] bytes = new long[3];
        foreach ((int number, Action<CallRequest> serve) in ((int, Action<CallRequest>)[])[(0, engine.Serve), (1, single.Serve), (2, fleet.Serve)])
        {
            Array.ForEach(calls[..WarmCalls], serve);
            bytes[number] = Allocated.Bytes(() => Array.ForEach(calls[WarmCalls..], serve));
        }
        Assert.True(bytes[0] > 0, "the engine allocates a sequence for each call");
        Assert.Equal(bytes[0], bytes[1]);
        Assert.Equal(bytes[0], bytes[2]);
        Assert.Equal(WarmCalls + Calls, fleet.Ended);
    }

    private static EngineSettings Settings => LoneEngine.Settings("vllm-v1") with { NumBlocks = 41 };

    /// <summary>An engine by itself serves the calls one by one.</summary>
    private sealed class Engine
    {
        private readonly EngineCore core = new(Settings, VictimOrder.YoungestAdmission, repeatSteps: false);
        private readonly List<Sequence> stopped = [];
        private readonly List<Sequence> ended = [];
        private long arrivals;

        public void Serve(CallRequest call)
        {
            ended.Clear();
            core.Enqueue(call, arrivals, arrivals);
            arrivals++;
            while (ended.Count == 0)
            {
                core.Plan();
                core.Deliver(1, Instant.Zero, stopped, ended);
            }
        }
    }

    /// <summary>A core that serves the calls one by one, and a backend whose steps end at once.</summary>
    private sealed class Fleet : IBackend, IServingObserver
    {
        private readonly ServingCore core;
        private readonly StepResult result = new();
        private WorkerId busy;

        public Fleet(string routing, string scheduling, int workers)
        {
            PolicySet policies = new PolicyRegistry().Build(new Dictionary<string, PolicyRequest>
            {
                ["routing"] = new(routing, new Dictionary<string, string>()),
                ["scheduling"] = new(scheduling, new Dictionary<string, string>()),
            });
            ServingSettings settings = new()
            {
                Engines = [.. Enumerable.Repeat(Settings, workers)],
                Stages = ["stage"],
                CallStages = [default],
                RepeatSteps = false,
            };
            core = new(settings, policies, this, this);
            core.Handle(new() { Kind = FactKind.WorkflowArrived, At = Instant.Zero, Tag = 0 });
        }

        public int Ended { get; private set; }

        public void Serve(CallRequest call)
        {
            core.Handle(new() { Kind = FactKind.CallArrived, At = Instant.Zero, Call = call });
            core.Settle(Instant.Zero);
            while (core.CallsInside > 0)
            {
                core.Handle(new() { Kind = FactKind.StepFinished, At = Instant.Zero, Worker = busy, Result = result });
                core.Settle(Instant.Zero);
            }
        }

        public void StartStep(WorkerId worker, StepPlan plan)
        {
            busy = worker;
            result.Step = plan.Number;
        }

        public void CutRun(WorkerId worker)
        {
        }

        public RunProgress RunSoFar(WorkerId worker) => RunProgress.Start;

        public void Respond(in CallRecord record)
        {
        }

        public void StartTool(int tag)
        {
        }

        public void WorkflowArrived(int tag, Instant at)
        {
        }

        public void WorkflowEnded(int tag, Instant at)
        {
        }

        public void CallArrived(int tag, Instant at)
        {
        }

        public void CallEnded(in CallRecord record) => Ended++;
    }
}
