namespace Cortex.Experiments;

/// <summary>What <c>cortex explain</c> is asked to do.</summary>
public sealed record ExplainOptions
{
    /// <summary>One cell or two: a results folder, <c>FOLDER:POLICY,axis=value,repetition=n</c>, or a cell's file; or one journal or two.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>The trace's id of a workflow, or its number in the file, from 0; null: with one cell the workflow that took longest.</summary>
    public string? Workflow { get; init; }
}
