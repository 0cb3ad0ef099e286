using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>
/// Parity, level 1: the facts of a journal, batch by batch, into a fresh core whose backend carries out nothing; decision by decision it
/// must decide as the journal says. Stops at the first difference.
/// </summary>
public sealed class JournalReplay
{
    private readonly JournalReader journal;
    private readonly ServingCore core;
    private readonly PendingDecisions pending = new();
    private readonly List<(Fact? Fact, Instant At)> told = [];
    private readonly long[] decisions = new long[Enum.GetValues<DecisionAxis>().Length];
    private readonly long[] choices = new long[Enum.GetValues<DecisionAxis>().Length];
    private ReplayDifference? difference;
    private long facts;
    private long batches;

    private JournalReplay(JournalReader journal, PolicyRegistry registry, IServingObserver observer)
    {
        this.journal = journal;
        try
        {
            core = new(journal.Header.Settings, registry.Build(journal.Header.Requests), new ReplayBackend(), observer, pending);
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
    /// <exception cref="JournalException">The journal is damaged, or its core cannot be made by this program.</exception>
    public static ReplayResult Run(JournalReader journal, PolicyRegistry registry, IServingObserver? observer = null)
    {
        JournalReplay replay = new(journal, registry, observer ?? new ObserverList());
        while (replay.difference is null && journal.Read())
        {
            replay.Take();
        }
        return new(
            replay.difference, replay.facts, replay.batches, replay.decisions, replay.choices, replay.core.Fingerprint, journal.HasEnded, journal.CutTail);
    }

    private void Take()
    {
        if (journal.Kind == JournalRecordKind.Decision)
        {
            Compare();
            return;
        }
        if (!pending.IsEmpty)
        {
            Differ(expected: null, FactText.Of(pending.First, pending.FirstBlocks));
            return;
        }
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
        string Expected() => FactText.Of(journal.Decision, journal.Blocks);
        if (pending.IsEmpty)
        {
            Differ(Expected(), "no decision");
        }
        else if (pending.First != journal.Decision || !pending.FirstBlocks.SequenceEqual(journal.Blocks))
        {
            Differ(Expected(), FactText.Of(pending.First, pending.FirstBlocks));
        }
        else
        {
            decisions[(int)journal.Decision.Axis]++;
            choices[(int)journal.Decision.Axis] += journal.Decision.Options > 1 ? 1 : 0;
            pending.RemoveFirst();
            told.Clear();
        }
    }

    private void Differ(string? expected, string got) => difference =
        new(journal.Number, decisions.Sum(), expected, got, [.. told.Select(item => item.Fact is { } fact ? FactText.Of(fact) : $"{FactText.Seconds(item.At)} batch closed")]);
}
