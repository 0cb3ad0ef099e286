using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Adds a workflow of one call with a private prompt.</summary>
internal static class SingleCall
{
    public static void Add(WorkloadBuilder builder, StageId stage, string? name, long? arrivalNs, int promptTokens, int outputTokens)
    {
        builder.Prompt.Clear();
        builder.Prompt.Add(builder.NewStream(), 0, promptTokens);
        int first = builder.NextTag;
        builder.AddCall(stage, outputTokens, [], builder.NewStream());
        builder.AddWorkflow(name, first, arrivalNs is long ns ? new Instant(ns) : null);
    }
}
