using Cortex.Policies;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>A trace in memory, with what every run over it asks for. Shared by cells, which only read it.</summary>
/// <param name="CallStages">The stages that call a model, in ascending order.</param>
internal sealed record LoadedTrace(Workload Workload, IReadOnlyList<StageId> CallStages)
{
    /// <exception cref="TraceException">The trace has a fault.</exception>
    public static LoadedTrace Read(string path) => Of(TraceFile.Load(path));

    public static LoadedTrace Of(Workload workload)
    {
        var stages = new SortedSet<ushort>();
        foreach (ref readonly Node node in workload.Nodes.AsSpan())
        {
            if (node.Kind == NodeKind.Llm)
            {
                stages.Add(node.Stage.Value);
            }
        }
        return new LoadedTrace(workload, [.. stages.Select(stage => new StageId(stage))]);
    }
}
