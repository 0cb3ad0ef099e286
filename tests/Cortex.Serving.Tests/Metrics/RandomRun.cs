using Cortex.Policies;
using Cortex.Policies.Random;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>A run drawn at random, as plain lists: what a reference computes from, and a stream to play.</summary>
internal sealed class RandomRun
{
    private readonly RandomStream random;
    private readonly List<(long Ns, Action<IServingObserver> Event)> events = [];

    public RandomRun(ulong seed)
    {
        random = new(seed, "metrics");
        End = new(Between(1, 20) * 1_000_000_000L);
        int workflows = Between(0, 60);
        for (int tag = 0; tag < workflows; tag++)
        {
            // Handles need not be dense.
            AddWorkflow(tag * 3);
        }
    }

    /// <summary>When the run is ended; what is still open then is unfinished.</summary>
    public Instant End { get; }

    public List<CallRecord> Calls { get; } = [];

    /// <summary>Ended is null if the run ended before the workflow.</summary>
    public List<(int Tag, Instant Arrived, Instant? Ended)> Workflows { get; } = [];

    public void Play(IServingObserver observer)
    {
        // A stable sort: arrivals stand before ends where they were drawn so.
        foreach ((_, Action<IServingObserver> happens) in events.OrderBy(item => item.Ns))
        {
            happens(observer);
        }
    }

    private void AddWorkflow(int tag)
    {
        Instant arrived = Draw(Instant.Zero);
        Add(arrived, observer => observer.WorkflowArrived(tag, arrived));
        Instant last = arrived;
        int calls = Between(0, 8);
        for (int i = 0; i < calls; i++)
        {
            CallRecord call = DrawCall(tag, Draw(arrived));
            Calls.Add(call);
            Add(call.Ready, observer => observer.CallArrived(call.Tag, call.Ready));
            Add(call.End, observer => observer.CallEnded(call));
            last = call.End > last ? call.End : last;
        }
        // Declared complete before its last call ends, just then, or after a tool.
        Instant declared = Chance(0.3) ? Draw(arrived) : Chance(0.5) ? last : Draw(last);
        Workflows.Add((tag, arrived, declared < End ? declared : null));
        if (declared < End)
        {
            Add(declared, observer => observer.WorkflowEnded(tag, declared));
        }
    }

    private CallRecord DrawCall(int workflow, Instant ready)
    {
        Instant scheduled = Draw(ready);
        Instant first = Draw(scheduled);
        Instant end = Draw(first);
        CallState state = end == End || Chance(0.7) ? CallState.Finished : (CallState)Between(1, 3);
        state = end == End ? CallState.Unfinished : state;
        bool isScheduled = state != CallState.Refused && (state == CallState.Finished || Chance(0.7));
        bool hasToken = isScheduled && (state == CallState.Finished || Chance(0.7));
        int prompt = Between(1, 5000);
        return new()
        {
            Tag = Calls.Count * 5 + 1,
            WorkflowTag = workflow,
            ArrivalNumber = Calls.Count,
            Stage = default,
            State = state,
            Ready = ready,
            Scheduled = isScheduled ? scheduled : Instant.Never,
            FirstToken = hasToken ? first : Instant.Never,
            End = end,
            PromptTokens = prompt,
            OutputTokens = !hasToken ? 0 : Chance(0.2) ? 1 : Between(1, 700),
            HitTokens = isScheduled && Chance(0.6) ? Between(0, prompt - 1) : 0,
            Preemptions = isScheduled && Chance(0.2) ? Between(1, 4) : 0,
            Worker = new((ushort)Between(0, 7)),
        };
    }

    private void Add(Instant at, Action<IServingObserver> happens) => events.Add((at.Ns, happens));

    /// <summary>A later time, at most the end; now and then the same.</summary>
    private Instant Draw(Instant from)
    {
        long span = Chance(0.5) ? 100_000_000 : 2_000_000_000;
        long ns = from.Ns + (Chance(0.1) ? 0 : (long)(random.NextDouble() * span));
        return new(Math.Min(ns, End.Ns));
    }

    private int Between(int low, int high) => low + random.NextInt(high - low + 1);

    private bool Chance(double probability) => random.NextDouble() < probability;
}
