using Cortex.Policies;
using Cortex.Policies.Registry;
using Xunit;

namespace Cortex.Serving.Tests.Allocation;

/// <summary>
/// A call allocates nothing once others like it have been served: neither what the fleet does for it (book it, show its routing policy the
/// workers, ask for its key, tell its end) nor its sequence, block table and place in the prefix index.
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
    public void Calls_allocate_nothing_whoever_routes_and_schedules_them(string routing, string scheduling)
    {
        CallRequest[] calls = [.. Enumerable.Range(0, WarmCalls + Calls).Select(Request)];
        var fleet = new Fleet(routing, scheduling, workers: 6);
        Action<CallRequest> serve = fleet.Serve;
        Array.ForEach(calls[..WarmCalls], serve);
        calls = calls[WarmCalls..];
        Assert.Equal(0, Allocated.Bytes(() => Array.ForEach(calls, serve)));
        Assert.Equal(WarmCalls + Calls, fleet.Ended);
        Assert.True(routing != "prefix-aware" || fleet.HitTokens > Calls / 2 * 90, "too few hits");
    }

    /// <summary>Every other call repeats the prompt of the one before it, so that it hits where that one was served.</summary>
    private static CallRequest Request(int call) =>
        LoneEngine.Request(call, prompt: 100, output: 4) with { Prompt = [new(new(2 * (call / 2)), 0, 100)] };

    private static EngineSettings Settings => LoneEngine.Settings("vllm-v1") with { NumBlocks = 41 };

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

        public long HitTokens => core.Engines.Sum(engine => engine.Totals.HitTokens);

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

        public void Respond(in CallRecord record)
        {
        }

        public void StartTool(int tag)
        {
        }

        public void CallEnded(in CallRecord record) => Ended++;
    }
}
