namespace Cortex.Workloads;

/// <summary>What released a node or ended a workflow, as one number: twice the node, plus one if its start counts and not its end; or an arrival.</summary>
internal static class Cause
{
    public const int Arrival = -2;

    public static int End(int node) => node << 1;

    public static int Start(int node) => (node << 1) | 1;

    /// <summary>Node −1 stands for the arrival.</summary>
    public static (int Node, bool ByStart) Decode(int cause) => (cause >> 1, (cause & 1) == 1);
}
