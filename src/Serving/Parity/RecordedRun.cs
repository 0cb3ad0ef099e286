using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;

namespace Cortex.Serving.Parity;

/// <summary>
/// What a journal tells a free simulation: what came from outside and when, how long each step took, where calls ended, and what was
/// decided. It is gathered from a replay, since only a core can tell how many tokens a call had when it stopped.
/// </summary>
public sealed class RecordedRun : IServingObserver, ICoreTap, IBackend
{
    private readonly List<Fact> inputs = [];
    private readonly List<EngineSteps> engines = [];
    private readonly List<int> lengths = [];

    private RecordedRun(JournalHeader header)
    {
        Header = header;
        Execution = new(header.Settings.Engines.Count);
        engines.AddRange(header.Settings.Engines.Select(_ => new EngineSteps()));
    }

    /// <summary>Replays a journal.</summary>
    /// <param name="journal">A reader that stands behind the header.</param>
    /// <param name="registry">Where the policies come from.</param>
    /// <param name="replay">How the replay went; what was gathered is worth something only if it was identical.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="JournalException">The journal is damaged, or its core cannot be made by this program.</exception>
    public static RecordedRun Read(JournalReader journal, PolicyRegistry registry, out ReplayResult replay, CancellationToken cancellation = default)
    {
        RecordedRun run = new(journal.Header);
        replay = JournalReplay.Run(journal, registry, run, run, run, cancellation);
        foreach (EngineSteps engine in run.engines)
        {
            engine.Cut(run.End);
        }
        return run;
    }

    public JournalHeader Header { get; }

    /// <summary>All facts but those about steps, in order.</summary>
    public IReadOnlyList<Fact> Inputs => inputs;

    /// <summary>How long each step kept its device, by engine, in order.</summary>
    public IReadOnlyList<IReadOnlyList<Duration>> DeviceTimes => [.. engines.Select(engine => engine.DeviceTimes)];

    /// <summary>
    /// How long each step took for the core: from its command, or from when the core was told of the end of the step before, until it was
    /// told of its end. Longer than the device time by what the report was under way.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Duration>> TimesUntilTold => [.. engines.Select(engine => engine.TimesUntilTold)];

    /// <summary>Tags below this have been seen.</summary>
    public int Tags => lengths.Count;

    /// <summary>Time of the last batch.</summary>
    public Instant End { get; private set; }

    /// <summary>The run was cut off before its last batch was closed, so that engines have not planned on it.</summary>
    public bool LastBatchIsOpen { get; private set; }

    /// <summary>All decisions.</summary>
    public DecisionLog Decisions { get; } = new();

    /// <summary>What engines have computed, against the plans.</summary>
    public ExecutionCheck Execution { get; }

    /// <summary>Tokens after which the call ended by itself; <see cref="int.MaxValue"/> if it was given up before, so that nobody knows.</summary>
    public int Length(int tag) => lengths[tag];

    void ICoreTap.Handling(in Fact fact)
    {
        (End, LastBatchIsOpen) = (fact.At, true);
        if (fact.Kind == FactKind.StepFinished)
        {
            engines[fact.Worker.Value].End(fact.Result!.DeviceTime, fact.At);
            Execution.Finish(fact.Worker, fact.Result);
            return;
        }
        inputs.Add(fact);
        while (fact.Call is { } call && lengths.Count <= call.Tag)
        {
            lengths.Add(int.MaxValue);
        }
    }

    void ICoreTap.Settling(Instant now) => (End, LastBatchIsOpen) = (now, false);

    void IBackend.StartStep(WorkerId worker, StepPlan plan)
    {
        engines[worker.Value].Start(End);
        Execution.Start(worker, plan);
    }

    void IBackend.Respond(in CallRecord record) => Execution.Leave(record.Worker, record.Tag);

    void IBackend.StartTool(int tag)
    {
    }

    void IDecisionSink.Decided(in Decision decision, ReadOnlySpan<int> blocks) => Decisions.Decided(decision, blocks);

    void IServingObserver.CallEnded(in CallRecord record) =>
        lengths[record.Tag] = record.State == CallState.Finished ? record.OutputTokens : int.MaxValue;
}
