using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Ideal reuse by its definition: for each call in the trace's order the longest leading run of blocks already seen, times the block
/// size, at most the prompt. Knows no engine, so it checks importers and bounds what any cache can reach. Only for traces whose block
/// ids are chained; it goes by runs of blocks.
/// </summary>
public static class ReuseOracle
{
    /// <summary>Measures a workload.</summary>
    /// <param name="workload">A trace with <see cref="Workload.ChainedBlocks"/>.</param>
    /// <param name="withinWorkflows">True to forget at the start of each workflow what was seen before.</param>
    /// <exception cref="ArgumentException">The trace does not name its blocks by chained ids.</exception>
    public static ReuseTotals Measure(Workload workload, bool withinWorkflows = false)
    {
        if (!workload.ChainedBlocks)
        {
            throw new ArgumentException($"a trace of format {workload.Format} has no chained block ids", nameof(workload));
        }
        Dictionary<int, BlockSet> seen = [];
        ReuseTotals totals = default;
        foreach (ref readonly Workflow workflow in workload.Workflows.AsSpan())
        {
            if (withinWorkflows)
            {
                seen.Clear();
            }
            foreach (ref readonly Node node in workload.Nodes.AsSpan(workflow.FirstNode, workflow.NodeCount))
            {
                if (node.Kind == NodeKind.Llm)
                {
                    totals = Count(totals, node, workload.NativeBlock, seen);
                }
            }
        }
        return totals;
    }

    private static ReuseTotals Count(ReuseTotals totals, in Node node, int blockSize, Dictionary<int, BlockSet> seen)
    {
        long hit = 0;
        long blocks = 0;
        bool leading = true;
        foreach (Segment segment in node.Prompt)
        {
            int first = segment.Offset / blockSize;
            int count = (segment.End - 1) / blockSize - first + 1;
            BlockSet set = CollectionsMarshal.GetValueRefOrAddDefault(seen, segment.Stream.Value, out _) ??= new BlockSet();
            if (leading)
            {
                int run = set.LeadingRun(first, count);
                hit += run;
                leading = run == count;
            }
            set.Add(first, count);
            blocks += count;
        }
        return new ReuseTotals(
            totals.PromptTokens + node.PromptTokens,
            totals.ReusedTokens + Math.Min(hit * blockSize, node.PromptTokens),
            totals.PromptBlocks + blocks,
            totals.ReusedBlocks + hit);
    }
}
