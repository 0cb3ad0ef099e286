namespace Cortex.Experiments;

/// <summary>What <c>cortex replay</c> is asked to do.</summary>
public sealed record ReplayOptions
{
    /// <summary>The journal.</summary>
    public required string Journal { get; init; }

    /// <summary>Simulates the recorded run as well, and compares the two.</summary>
    public bool Free { get; init; }
}
