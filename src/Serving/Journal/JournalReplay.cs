using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>
/// Parity, level 1: the facts of a journal, batch by batch, into a fresh core whose backend carries out nothing; decision by decision it
/// must decide as the journal says. Stops at the first difference.
/// </summary>
public sealed class JournalReplay : ICoreTap
{
    private readonly JournalReader journal;
    private readonly ServingCore core;
    private readonly ICoreTap? listener;
    private readonly DecisionLog taken = new();
    private int compared;
    private readonly List<(Fact? Fact, Instant At)> told = [];
    private readonly long[] decisions = new long[Enum.GetValues<DecisionAxis>().Length];
    private readonly long[] choices = new long[Enum.GetValues<DecisionAxis>().Length];
    private ReplayDifference? difference;
    private long facts;
    private long batches;

    private JournalReplay(JournalReader journal, PolicyRegistry registry, IServingObserver observer, ICoreTap? listener, IBackend backend)
    {
        this.journal = journal;
        this.listener = listener;
        try
        {
            core = new(journal.Header.Settings, registry.Build(journal.Header.Requests), backend, observer, this);
        }
        catch (Exception fault) when (fault is PolicyException or ArgumentException)
        {
            throw new JournalException($"record 0: the core cannot be made again: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Replays what is left of a journal.</summary>
    /// <param name="journal">A reader that stands behind the header.</param>
    /// <param name="registry">Where the policies come from.</param>
    /// <param name="observer">Is told what metrics are made of; null: nobody.</param>
    /// <param name="listener">Hears the facts and the replay's decisions; null: nobody.</param>
    /// <param name="backend">Hears the commands, which are not to be carried out; null: nobody.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="JournalException">The journal is damaged, or its core cannot be made by this program.</exception>
    public static ReplayResult Run(
        JournalReader journal, PolicyRegistry registry, IServingObserver? observer = null, ICoreTap? listener = null, IBackend? backend = null,
        CancellationToken cancellation = default)
    {
        JournalReplay replay = new(journal, registry, observer ?? new ObserverList(), listener, backend ?? new ReplayBackend());
        while (replay.difference is null && journal.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            replay.Take();
        }
        return new(
            replay.difference, replay.facts, replay.batches, replay.decisions, replay.choices, replay.core.Fingerprint, journal.HasEnded, journal.CutTail);
    }

    void ICoreTap.Handling(in Fact fact) => listener?.Handling(fact);

    void ICoreTap.Settling(Instant now) => listener?.Settling(now);

    /// <summary>Every decision was equal; so must be their mix, unless the journal's was made by another hand or another rule.</summary>
    void ICoreTap.Closing(Instant now, ulong fingerprint)
    {
        if (fingerprint != journal.Fingerprint)
        {
            Differ($"fingerprint {journal.Fingerprint:x16}", $"fingerprint {fingerprint:x16}");
        }
        listener?.Closing(now, fingerprint);
    }

    void IDecisionSink.Decided(in Decision decision, ReadOnlySpan<int> blocks)
    {
        taken.Decided(decision, blocks);
        listener?.Decided(decision, blocks);
    }

    private void Take()
    {
        if (journal.Kind == JournalRecordKind.Decision)
        {
            Compare();
            return;
        }
        if (compared < taken.Count)
        {
            Differ(expected: null, taken.Text(compared));
            return;
        }
        taken.Clear();
        compared = 0;
        Fact? fact = journal.Kind == JournalRecordKind.Fact ? journal.Fact : null;
        told.Add((fact, journal.At));
        try
        {
            Tell(fact);
        }
        catch (Exception fault)
        {
            // Only a journal that was tampered with, or another core, leads here; what exactly fails is then anybody's guess.
            Differ(expected: null, $"the core refused: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void Tell(Fact? fact)
    {
        if (fact is { } known)
        {
            facts++;
            core.Handle(known);
        }
        else if (journal.Kind == JournalRecordKind.Settle)
        {
            batches++;
            core.Settle(journal.At);
        }
        else
        {
            core.Close(journal.At);
        }
    }

    private void Compare()
    {
        if (compared == taken.Count)
        {
            Differ(DecisionText.Of(journal.Decision, journal.Blocks), "no decision");
        }
        else if (taken[compared] != journal.Decision || !taken.Blocks(compared).SequenceEqual(journal.Blocks))
        {
            Differ(DecisionText.Of(journal.Decision, journal.Blocks), taken.Text(compared));
        }
        else
        {
            decisions[(int)journal.Decision.Axis]++;
            choices[(int)journal.Decision.Axis] += journal.Decision.Options > 1 ? 1 : 0;
            compared++;
            told.Clear();
        }
    }

    private void Differ(string? expected, string got) => difference =
        new(journal.Number, decisions.Sum(), expected, got, [.. told.Select(item => item.Fact is { } fact ? FactText.Of(fact) : $"{FactText.Seconds(item.At)} batch closed")]);
}
