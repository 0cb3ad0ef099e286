namespace Cortex.Workloads;

/// <summary>A program with its chance: makes one workflow after another.</summary>
internal interface IProgram
{
    /// <summary>What policies may know of its workflows before they happen.</summary>
    AgentflowProgram Declaration { get; }

    /// <summary>What its workflows share.</summary>
    IReadOnlyList<AgentflowStream> Streams { get; }

    /// <summary>Tools that its workflows use, where their effects are declared.</summary>
    IReadOnlyList<AgentflowTool> Tools { get; }

    /// <summary>The next workflow, as yet without an arrival.</summary>
    /// <param name="index">From 0.</param>
    AgentflowWorkflow Next(int index);
}
