using Cortex.Workloads;

namespace Cortex.Experiments;

/// <summary>
/// Reads workflows on another thread while those before are made use of: one batch ahead, so that memory stays flat. Their order, what a
/// fault is and when it shows are those of the sequence itself.
/// </summary>
internal static class WorkflowsAhead
{
    /// <summary>A batch is full once it has as many nodes.</summary>
    private const int NodesOfBatch = 512;

    /// <param name="workflows">Gone through once, never by two threads at a time; not to be touched before the enumeration has ended.</param>
    /// <exception cref="TraceException">As the sequence throws it.</exception>
    public static IEnumerable<AgentflowWorkflow> Of(IEnumerable<AgentflowWorkflow> workflows)
    {
        using IEnumerator<AgentflowWorkflow> source = workflows.GetEnumerator();
        Task<List<AgentflowWorkflow>> next = Task.Run(() => Batch(source));
        try
        {
            while (next.GetAwaiter().GetResult() is { Count: > 0 } batch)
            {
                next = Task.Run(() => Batch(source));
                foreach (AgentflowWorkflow workflow in batch)
                {
                    yield return workflow;
                }
            }
        }
        finally
        {
            // Whoever stops early must not dispose of what is still being read.
            Task.WhenAny(next).Wait();
        }
    }

    private static List<AgentflowWorkflow> Batch(IEnumerator<AgentflowWorkflow> source)
    {
        List<AgentflowWorkflow> batch = [];
        for (int nodes = 0; nodes < NodesOfBatch && source.MoveNext(); nodes += batch[^1].Nodes.Count)
        {
            batch.Add(source.Current);
        }
        return batch;
    }
}
