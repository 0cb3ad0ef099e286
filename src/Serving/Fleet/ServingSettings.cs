using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>The cluster and the program that a core serves, all resolved.</summary>
public sealed record ServingSettings
{
    /// <summary>One entry an engine; a worker's id is its index.</summary>
    public required IReadOnlyList<EngineSettings> Engines { get; init; }

    /// <summary>Names of the stages, by <see cref="StageId"/>.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    /// <summary>The stages that call a model, in ascending order: those that pools are made of.</summary>
    public required IReadOnlyList<StageId> CallStages { get; init; }

    /// <summary>Seed of the repetition; policies draw from streams of their own.</summary>
    public ulong Seed { get; init; }

    /// <summary>Lets runs of equal steps be taken in one go. Alters no decision and no time; a journal wants every step.</summary>
    public bool RepeatSteps { get; init; } = true;
}
