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

    private static readonly ImmutableArray<(string Name, Factory Create)> Dialects =
    [
        ("vllm-v1", (settings, victims, recorder) => new VllmDialect(settings, victims, recorder)),
        ("vidur-sarathi", (settings, victims, recorder) => new SarathiDialect(settings, victims, recorder)),
        ("aisimulate", (settings, victims, recorder) => new AisimulateDialect(settings, victims, recorder)),
    ];

    /// <summary>Names for the key <c>dialect</c> of an engine.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Dialects.Select(dialect => dialect.Name)];

    /// <exception cref="ArgumentException">The dialect is not known, or cannot do what the settings ask.</exception>
    internal static IDialect Create(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder)
    {
        foreach ((string name, Factory create) in Dialects)
        {
            if (name == settings.Dialect)
            {
                return create(settings, victims, recorder);
            }
        }
        throw new ArgumentException($"dialect '{settings.Dialect}' is not known; allowed: {string.Join(", ", Names)}");
    }
}
