using Cortex.Policies;
using Cortex.Policies.Pooling;
using Cortex.Policies.Registry;
using Cortex.Policies.Scheduling;
using Xunit;

namespace Cortex.Serving.Tests.Fleet;

/// <summary>What the fleet tells a policy of calls and workers, and the order in which its engines plan.</summary>
public sealed class FleetTests
{
    [Fact]
    public void Calls_that_are_inside_have_slots_of_their_own_and_a_slot_comes_back_under_a_new_generation()
    {
        Watcher watcher = new();
        ServingCore core = Core(watcher, new Starts(), engines: 1);
        core.Handle(new() { Kind = FactKind.WorkflowArrived, At = Instant.Zero, Tag = 0 });
        Arrive(core, 40);
        Arrive(core, 41);
        core.Handle(new() { Kind = FactKind.Cancelled, At = Instant.Zero, Tag = 40 });
        Arrive(core, 42);
        Arrive(core, 43);
        Assert.Equal([new CallId(0, 0), new(1, 0), new(0, 1), new(2, 0)], watcher.Ids);
    }

    [Fact]
    public void Engines_plan_in_ascending_order_whatever_the_order_of_facts()
    {
        Watcher watcher = new() { Descending = true };
        Starts starts = new();
        ServingCore core = Core(watcher, starts, engines: 200);
        core.Handle(new() { Kind = FactKind.WorkflowArrived, At = Instant.Zero, Tag = 0 });
        for (int round = 0; round < 2; round++)
        {
            for (int call = 0; call < 200; call++)
            {
                Arrive(core, (200 * round) + call);
            }
        }
        core.Settle(Instant.Zero);
        Assert.Equal(Enumerable.Range(0, 200), starts.Workers);
    }

    /// <summary>Of engines of which only some can serve a call, a policy sees those, by an index without gaps.</summary>
    [Fact]
    public void Only_workers_on_which_a_call_fits_are_candidates()
    {
        Watcher watcher = new();
        ServingCore core = Core(watcher, new Starts(), engines: 6, lengthOf: worker => worker % 2 == 0 ? 64 : 256);
        core.Handle(new() { Kind = FactKind.WorkflowArrived, At = Instant.Zero, Tag = 0 });
        Arrive(core, 0, prompt: 10);
        Arrive(core, 1, prompt: 100);
        Arrive(core, 2, prompt: 300);
        Assert.Equal(["0 1 2 3 4 5, last -1", "1 3 5, last -1"], watcher.Candidates);
        Arrive(core, 3, prompt: 100);
        Arrive(core, 4, prompt: 10);
        Assert.Equal(["1 3 5, last 0", "0 1 2 3 4 5, last 1"], watcher.Candidates[2..]);
    }

    private static ServingCore Core(Watcher watcher, Starts starts, int engines, Func<int, int>? lengthOf = null) => new(
        new()
        {
            Engines =
            [
                .. Enumerable.Range(0, engines).Select(worker => new EngineSettings
                {
                    Name = "engine", NumBlocks = 100, MaxNumBatchedTokens = 512, MaxNumSeqs = 8, MaxModelLen = lengthOf?.Invoke(worker) ?? 256,
                    AsyncScheduling = false,
                }),
            ],
            Stages = ["call"],
            CallStages = [new(0)],
        },
        new PolicySet(new Shared(), watcher, new Fcfs(), []),
        starts,
        new ObserverList());

    private static void Arrive(ServingCore core, int tag, int prompt = 10) => core.Handle(new()
    {
        Kind = FactKind.CallArrived,
        At = Instant.Zero,
        Call = new()
        {
            Tag = tag,
            WorkflowTag = 0,
            Stage = new(0),
            Prompt = [new(new(2 * tag), 0, prompt)],
            PromptTokens = prompt,
            MaxTokens = 8,
            Output = new((2 * tag) + 1),
        },
    });

    /// <summary>Writes down what it is asked about; sends to the first candidate, or down the candidates one by one.</summary>
    private sealed class Watcher : IRoutingPolicy
    {
        public bool Descending { get; init; }

        public List<CallId> Ids { get; } = [];

        public List<string> Candidates { get; } = [];

        public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context)
        {
            Ids.Add(call.Id);
            List<int> workers = [];
            for (int i = 0; i < candidates.Count; i++)
            {
                workers.Add(candidates[i].Id.Value);
            }
            Candidates.Add($"{string.Join(' ', workers)}, last {candidates.LastOfWorkflow}");
            return Descending ? candidates.Count - 1 - ((Ids.Count - 1) % candidates.Count) : 0;
        }
    }

    /// <summary>A backend whose steps never end.</summary>
    private sealed class Starts : IBackend
    {
        public List<int> Workers { get; } = [];

        public void StartStep(WorkerId worker, StepPlan plan) => Workers.Add(worker.Value);

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
    }
}
