using Cortex.Policies;

namespace Cortex.Serving.Tests.Allocation;

/// <summary>An engine without a fleet, whose steps end as soon as they are planned. Where keys choose the victims, a later call has a smaller key.</summary>
internal sealed class LoneEngine(EngineSettings settings, bool repeatSteps, VictimOrder victims = VictimOrder.YoungestAdmission)
{
    private readonly EngineCore engine = new(settings, victims, repeatSteps: repeatSteps);
    private readonly List<Sequence> stopped = [];
    private readonly List<Sequence> ended = [];
    private int calls;

    public EngineCore Core => engine;

    /// <summary>Calls that have ended.</summary>
    public int Ended { get; private set; }

    public static EngineSettings Settings(string dialect, bool async = false) => new()
    {
        Name = "engine",
        Dialect = dialect,
        AsyncScheduling = async,
        EnablePrefixCaching = dialect == "vllm-v1",
        BlockSize = 16,
        NumBlocks = 3000,
        MaxNumSeqs = 64,
        MaxNumBatchedTokens = 512,
        MaxModelLen = 30_000,
    };

    /// <summary>A call with content of its own joins the queue.</summary>
    public Sequence Enqueue(int prompt, int output) => Enqueue(Request(calls, prompt, output));

    /// <summary>A call whose prompt is the first tokens of a session's one stream joins the queue.</summary>
    public Sequence EnqueueTurn(int session, int prompt, int output) =>
        Enqueue(Request(calls, prompt, output) with { Prompt = [new(new(int.MaxValue - session), 0, prompt)] });

    public static CallRequest Request(int call, int prompt, int output) => new()
    {
        Tag = call,
        WorkflowTag = 0,
        Stage = default,
        Prompt = [new(new(2 * call), 0, prompt)],
        PromptTokens = prompt,
        MaxTokens = output,
        Output = new((2 * call) + 1),
    };

    /// <summary>The client gives up.</summary>
    public void Cancel(Sequence sequence)
    {
        engine.Abort(sequence);
        engine.Release(sequence);
    }

    /// <summary>Steps one by one.</summary>
    public void Step(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            while (engine.CanPlan && !engine.Plan().IsEmpty)
            {
            }
            Deliver(1);
        }
    }

    /// <summary>Runs of steps, each of as many as allowed but at most <paramref name="longest"/>. Returns the steps taken.</summary>
    public int StepInRuns(int runs, int longest)
    {
        int steps = 0;
        for (int run = 0; run < runs; run++)
        {
            int count = Math.Min(longest, 1 + engine.Plan().RepeatLimit);
            Deliver(count);
            steps += count;
        }
        return steps;
    }

    public void StepUntilIdle()
    {
        while (engine.Running + engine.Waiting > 0)
        {
            Step(1);
        }
    }

    private Sequence Enqueue(CallRequest request)
    {
        int call = calls++;
        return engine.Enqueue(request, call, key: victims == VictimOrder.LargestKey ? -call : call);
    }

    private void Deliver(int count)
    {
        ended.Clear();
        engine.Deliver(count, Instant.Zero, stopped, ended);
        Ended += ended.Count;
        foreach (Sequence sequence in ended)
        {
            engine.Release(sequence);
        }
    }
}
