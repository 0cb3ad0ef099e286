using Cortex.Policies.Random;

namespace Cortex.Policies;

/// <summary>Time and chance for one decision. The only source of either that a policy may use.</summary>
public readonly ref struct PolicyContext
{
    public required Instant Now { get; init; }

    /// <summary>The policy's own named stream.</summary>
    public required RandomStream Random { get; init; }
}
