namespace Cortex.Workloads;

/// <summary>A condition under which a node runs: an earlier node has run and come out in one of the ways listed.</summary>
/// <param name="Node">Tag of the earlier node.</param>
/// <param name="Outcomes">Indices into <see cref="Workload.Outcomes"/>.</param>
public sealed record Guard(int Node, ushort[] Outcomes)
{
    /// <summary>True if <paramref name="outcome"/> is one of those listed.</summary>
    public bool Allows(ushort outcome) => Outcomes.AsSpan().Contains(outcome);
}
