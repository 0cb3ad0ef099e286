using System.Globalization;
using Cortex.Experiments.Config;
using Cortex.Policies.Registry;
using Cortex.Serving.Journal;
using static Cortex.Experiments.Explaining.ExplainText;

namespace Cortex.Experiments.Explaining;

/// <summary>Runs that are told from their journals: replayed fact by fact, so that what is told is what was decided, also in real time.</summary>
internal static class ExplainedJournal
{
    /// <summary>Whether a file begins as journals do.</summary>
    public static bool IsOne(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        Span<byte> first = stackalloc byte[8];
        using FileStream file = File.OpenRead(path);
        return JournalReader.IsJournal(first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)]);
    }

    /// <exception cref="InputException">The journal is damaged, or this program decides otherwise.</exception>
    public static ExplainedRun Read(string path, PolicyRegistry registry, CancellationToken cancellation)
    {
        try
        {
            using var first = new JournalReader(File.OpenRead(path));
            var names = new JournalNames(first);
            using var journal = new JournalReader(File.OpenRead(path));
            var causes = new JournalCauses(names);
            var trail = new RunTrail(causes);
            var listener = new JournalTrail(trail, causes);
            ReplayResult replay = JournalReplay.Run(journal, registry, listener, listener, cancellation: cancellation);
            if (!replay.IsIdentical)
            {
                throw new InputException($"{path}: this program decides otherwise than the journal says, as cortex replay shows; allowed: a journal that it replays");
            }
            string fingerprint = replay.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);
            string policies = string.Join(", ", journal.Header.Policies.Select(policy => $"{policy.Axis} {policy.Name}"));
            string cut = replay.CutTail is not null || !replay.HasEnded ? "; it stops before the end of its run" : "";
            return new()
            {
                Title = $"{path} ({policies}); fingerprint {fingerprint}, replayed with every decision as the journal says{cut}",
                Names = names,
                Workers = [.. WorkerNames([.. journal.Header.Settings.Engines.Select(engine => engine.Name)])],
                Policies = [.. journal.Header.Policies.Select(policy => (policy.Axis, policy.Name))],
                Trail = trail,
                Scenes = new SortedDictionary<int, RoutingScene>(),
            };
        }
        catch (JournalException fault)
        {
            throw new InputException($"{path}: {fault.Message}");
        }
    }

    /// <summary>As the engines of a group are called: by their place in it.</summary>
    private static IEnumerable<string> WorkerNames(string[] groups) => groups.Select((group, index) => Of($"{group}-{index - Array.IndexOf(groups, group)}"));

    /// <summary>Two journals: where they first decide differently, and how the blame changes. A record cannot be run on from a flipped decision.</summary>
    /// <param name="workflow">Tag of a workflow to be told of by itself; null: none.</param>
    public static IEnumerable<string> Compared(ExplainedRun first, ExplainedRun second, int? workflow)
    {
        yield return $"A: {first.Title}";
        yield return $"B: {second.Title}";
        yield return "";
        if (FirstDifference.Between(first.Trail.Decisions, second.Trail.Decisions) is not { } difference)
        {
            yield return Of($"A and B decide alike: {first.Trail.Decisions.Count:N0} decisions");
            yield break;
        }
        foreach (string line in difference.Lines(first, second))
        {
            yield return line;
        }
        yield return "";
        foreach (string line in BlameComparison.Means([("A", first), ("B", second)]).Concat(BlameComparison.LargestChanges(first, second)))
        {
            yield return line;
        }
        if (workflow is { } tag)
        {
            yield return "";
            yield return $"from A to B, {BlameComparison.Workflow(first, second, tag)}";
        }
    }
}
