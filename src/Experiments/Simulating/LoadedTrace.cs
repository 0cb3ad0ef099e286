using System.Globalization;
using Cortex.Policies;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>A trace in memory, with what every run over it asks for. Shared by cells, which only read it.</summary>
/// <param name="CallStages">The stages that call a model, in ascending order.</param>
internal sealed record LoadedTrace(Workload Workload, IReadOnlyList<StageId> CallStages)
{
    /// <exception cref="TraceException">The trace has a fault.</exception>
    public static LoadedTrace Read(string path, TraceReadingOptions? reading = null) => Of(TraceFile.Load(path, reading ?? TraceReadingOptions.Default));

    public static LoadedTrace Of(Workload workload)
    {
        bool[] callsModel = new bool[workload.Stages.Length];
        foreach (ref readonly Node node in workload.Nodes.AsSpan())
        {
            callsModel[node.Stage.Value] |= node.Kind == NodeKind.Llm;
        }
        var stages = new List<StageId>();
        for (int stage = 0; stage < callsModel.Length; stage++)
        {
            if (callsModel[stage])
            {
                stages.Add(new StageId((ushort)stage));
            }
        }
        return new LoadedTrace(workload, stages);
    }

    /// <summary>What it holds as the file has it, and what the import changed, a line each.</summary>
    public IReadOnlyList<string> Description()
    {
        (int calls, long prompt, long output) = Workload.Totals;
        bool hasBranches = Enumerable.Range(0, Workload.NodeCount).Any(tag => !Workload.Guards(tag).IsEmpty);
        string totals = string.Create(
            CultureInfo.InvariantCulture,
            $"{Workload.Source} ({Workload.Format}): {Workload.Workflows.Length:N0} workflows, {calls:N0} calls, {prompt:N0} prompt and {output:N0} output tokens");
        return [hasBranches ? $"{totals}, branches that may not be taken included" : totals, .. Workload.Notes.Select(note => $"{Workload.Source}: {note}")];
    }
}
