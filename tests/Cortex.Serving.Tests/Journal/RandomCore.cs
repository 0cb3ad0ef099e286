using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Tests.Journal;

/// <summary>
/// A core with two engines under memory pressure, driven at random without a clock: calls arrive, steps end in batches of any size,
/// clients give up. Everything that a journal can hold happens.
/// </summary>
internal sealed class RandomCore : IBackend
{
    private const int MostPrompt = 40;

    private readonly RandomStream draw;
    private readonly Queue<StepPlan>[] plans = [new(), new()];
    private readonly SteadyEnds[] steady;
    private readonly List<int> inside = [];
    private readonly int[] ends;
    private readonly int calls;
    private readonly ServingCore core;
    private Instant now;
    private int arrived;

    private RandomCore(ulong seed, int calls, Func<ServingSettings, PolicySet, ICoreTap> tap)
    {
        this.calls = calls;
        draw = new(seed, "random core");
        ends = [.. Enumerable.Range(0, calls).Select(_ => 1 + draw.NextInt(20))];
        TrueLengths lengths = new(tag => ends[tag]);
        for (int tag = 0; tag < calls; tag++)
        {
            lengths.Begin(tag);
        }
        steady = [new(lengths), new(lengths)];
        ServingSettings settings = Settings(seed, draw.NextInt(2) == 0);
        PolicySet policies = Policies(draw.NextInt(4) switch { 0 => "round-robin", 1 => "power-of-two", 2 => "least-work", _ => "prefix-aware" });
        core = new(settings, policies, this, new ObserverList(), tap(settings, policies));
    }

    /// <summary>Plays a run to its end.</summary>
    /// <returns>The fingerprint.</returns>
    public static ulong Play(ulong seed, int calls, Func<ServingSettings, PolicySet, ICoreTap> tap)
    {
        RandomCore run = new(seed, calls, tap);
        while (run.arrived < calls || run.core.CallsInside > 0)
        {
            run.Batch();
        }
        run.core.Close(run.now);
        return run.core.Fingerprint;
    }

    public static PolicySet Policies(string routing) =>
        new PolicyRegistry().Build(new Dictionary<string, PolicyRequest> { ["routing"] = new(routing, new Dictionary<string, string>()) });

    public void StartStep(WorkerId worker, StepPlan plan) => plans[worker.Value].Enqueue(plan);

    public void StartTool(int tag)
    {
    }

    public void Respond(in CallRecord record)
    {
        steady[record.Worker.Value].Leave(record.Tag);
        inside.Remove(record.Tag);
    }

    private static ServingSettings Settings(ulong seed, bool asynchronous)
    {
        EngineSettings engine = new()
        {
            Name = "engine",
            BlockSize = 4,
            NumBlocks = 32,
            MaxNumBatchedTokens = 48,
            MaxNumSeqs = 6,
            MaxModelLen = 96,
            AsyncScheduling = asynchronous,
        };
        return new() { Engines = [engine, engine with { NumBlocks = 40 }], Stages = ["stage"], CallStages = [new(0)], Seed = seed, RepeatSteps = false };
    }

    private void Batch()
    {
        now += new Duration(1 + draw.NextInt(1000));
        for (int worker = 0; worker < plans.Length; worker++)
        {
            for (int steps = draw.NextInt(3); steps > 0 && plans[worker].TryDequeue(out StepPlan? plan); steps--)
            {
                StepResult result = new() { Step = plan.Number, DeviceTime = new(draw.NextInt(500)), Executed = (ulong)plan.Number << 40 };
                steady[worker].StepsBeforeEnd(plan, 0);
                steady[worker].Finish(plan, 1, result.Stopped);
                core.Handle(new() { Kind = FactKind.StepFinished, At = now, Worker = new((ushort)worker), Result = result });
            }
        }
        if (inside.Count > 0 && draw.NextInt(12) == 0)
        {
            core.Handle(new() { Kind = FactKind.Cancelled, At = now, Tag = inside[draw.NextInt(inside.Count)] });
        }
        if (draw.NextInt(20) == 0)
        {
            core.Handle(new() { Kind = FactKind.ToolArrived, At = now, Tag = 7 });
            core.Handle(new() { Kind = arrived % 2 == 0 ? FactKind.ToolFinished : FactKind.ToolFailed, At = now, Tag = 7, Outcome = 300 });
        }
        if (arrived < calls && draw.NextInt(2) == 0)
        {
            Arrive(arrived++);
        }
        core.Settle(now);
    }

    private void Arrive(int tag)
    {
        int workflow = tag / 4;
        if (tag % 4 == 0)
        {
            core.Handle(new() { Kind = FactKind.WorkflowArrived, At = now, Tag = workflow });
        }
        int shared = draw.NextInt(24);
        Segment[] prompt = shared == 0
            ? [new(new(tag), 0, 1 + draw.NextInt(MostPrompt))]
            : [new(new(1_000_000 + draw.NextInt(3)), 0, shared), new(new(tag), 0, 1 + draw.NextInt(MostPrompt - shared))];
        inside.Add(tag);
        core.Handle(new()
        {
            Kind = FactKind.CallArrived,
            At = now,
            Call = new()
            {
                Tag = tag,
                WorkflowTag = workflow,
                Stage = new(0),
                Priority = draw.NextInt(3),
                Prompt = prompt,
                PromptTokens = prompt.Sum(segment => segment.Length),
                MaxTokens = draw.NextInt(3) == 0 ? 8 : int.MaxValue,
                Output = new(2_000_000 + tag),
            },
        });
        if (tag % 4 == 3 || tag == calls - 1)
        {
            core.Handle(new() { Kind = FactKind.WorkflowEnded, At = now, Tag = workflow });
        }
    }
}
