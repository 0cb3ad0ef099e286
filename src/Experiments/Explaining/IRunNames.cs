namespace Cortex.Experiments.Explaining;

/// <summary>What workflows and nodes of a run are called: as a trace says, or as a journal tells without one.</summary>
internal interface IRunNames
{
    /// <summary>How many workflows there are; tags run from 0.</summary>
    int Workflows { get; }

    /// <summary>Name of a workflow.</summary>
    string Workflow(int workflow);

    /// <summary>What kind of work it is; empty if nobody says.</summary>
    string Class(int workflow);

    /// <summary>Tags of its nodes.</summary>
    IReadOnlyList<int> Nodes(int workflow);

    /// <summary>The workflow that a node belongs to.</summary>
    int WorkflowOf(int node);

    /// <summary>Place of the node in its workflow, from 0.</summary>
    int Number(int node);

    /// <summary>The node's role.</summary>
    string Stage(int node);

    /// <summary>A person, whom the core does not see.</summary>
    bool IsPerson(int node);
}
