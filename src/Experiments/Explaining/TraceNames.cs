using Cortex.Workloads;

namespace Cortex.Experiments.Explaining;

/// <summary>Names as the trace has them.</summary>
internal sealed class TraceNames(Workload workload) : IRunNames
{
    public int Workflows => workload.Workflows.Length;

    public string Workflow(int workflow) => workload.Workflows[workflow].Id;

    public string Class(int workflow) => workload.Workflows[workflow].Class;

    public IReadOnlyList<int> Nodes(int workflow) => [.. Enumerable.Range(workload.Workflows[workflow].FirstNode, workload.Workflows[workflow].NodeCount)];

    public int WorkflowOf(int node) => workload.Nodes[node].Workflow;

    public int Number(int node) => node - workload.Workflows[WorkflowOf(node)].FirstNode;

    public string Stage(int node) => workload.Stages[workload.Nodes[node].Stage.Value];

    public bool IsPerson(int node) => workload.Nodes[node].Kind == NodeKind.Human;
}
