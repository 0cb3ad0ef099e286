using System.Collections.Immutable;
using Cortex.Policies;
using Cortex.Serving.Decisions;
using Cortex.Serving.Dialects.Aisimulate;
using Cortex.Serving.Dialects.Sarathi;
using Cortex.Serving.Dialects.Vllm;

namespace Cortex.Serving.Dialects;

/// <summary>The batching dialects by name.</summary>
public static class DialectCatalog
{
    private delegate IDialect Factory(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder);

    /// <param name="PlansAhead">Whether it can plan a step while the one before is in progress.</param>
    private sealed record Entry(string Name, bool PlansAhead, Factory Create);

    private static readonly ImmutableArray<Entry> Dialects =
    [
        new("vllm-v1", PlansAhead: true, (settings, victims, recorder) => new VllmDialect(settings, victims, recorder)),
        new("vidur-sarathi", PlansAhead: false, (settings, victims, recorder) => new SarathiDialect(settings, victims, recorder)),
        new("aisimulate", PlansAhead: false, (settings, victims, recorder) => new AisimulateDialect(settings, victims, recorder)),
    ];

    /// <summary>Names for the key <c>dialect</c> of an engine.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Dialects.Select(dialect => dialect.Name)];

    /// <summary>Checks settings before an engine is made of them.</summary>
    /// <exception cref="ArgumentException">The dialect is not known, or cannot do what the settings ask.</exception>
    public static void Check(EngineSettings settings) => Find(settings);

    /// <exception cref="ArgumentException">As <see cref="Check"/>.</exception>
    internal static IDialect Create(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder) =>
        Find(settings).Create(settings, victims, recorder);

    private static Entry Find(EngineSettings settings)
    {
        Entry dialect = Dialects.FirstOrDefault(dialect => dialect.Name == settings.Dialect)
            ?? throw new ArgumentException($"dialect '{settings.Dialect}' is not known; allowed: {string.Join(", ", Names)}");
        return dialect.PlansAhead || !settings.AsyncScheduling
            ? dialect
            : throw new ArgumentException($"dialect '{dialect.Name}' plans a step only after the one before has ended: async_scheduling must be false");
    }
}
