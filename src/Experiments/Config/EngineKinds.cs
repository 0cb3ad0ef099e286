namespace Cortex.Experiments.Config;

/// <summary>What the engines of a live run do: the names under key <c>engine</c>.</summary>
internal static class EngineKinds
{
    /// <summary>Nothing: each step lasts as long as the cost model says.</summary>
    public const string Paced = "paced";

    /// <summary>Compute the model on the processor.</summary>
    public const string Cpu = "cpu";

    public static IReadOnlyList<string> All { get; } = [Paced, Cpu];
}
