namespace Cortex.Workloads;

/// <summary>A node may start only so long after another one has started (for a call: has been sent).</summary>
/// <param name="Node">Tag of the earlier node.</param>
/// <param name="DelayNs">Nanoseconds, 0 or more.</param>
public readonly record struct StartEdge(int Node, long DelayNs);
