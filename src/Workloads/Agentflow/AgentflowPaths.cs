namespace Cortex.Workloads;

/// <summary>What follows from a workflow as a whole: which nodes run, and each call's prompt in full.</summary>
internal static class AgentflowPaths
{
    /// <summary>By node: whether it runs, by the outcomes that the trace tells.</summary>
    public static bool[] Taken(AgentflowWorkflow workflow)
    {
        bool[] taken = new bool[workflow.Nodes.Count];
        for (int n = 0; n < taken.Length; n++)
        {
            taken[n] = true;
            foreach (AgentflowGuard guard in workflow.Nodes[n].When)
            {
                taken[n] &= taken[guard.Node] && guard.Outcomes.Contains(workflow.Nodes[guard.Node].Outcome ?? "ok");
            }
        }
        return taken;
    }

    /// <summary>By node: the prompt of a call in full, neighbours that continue each other merged; empty for others.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="taken">Nodes that run: what the others would yield is left out. Null to leave nothing out.</param>
    public static List<AgentflowSegment>[] Prompts(AgentflowWorkflow workflow, bool[]? taken)
    {
        List<AgentflowSegment>[] prompts = new List<AgentflowSegment>[workflow.Nodes.Count];
        for (int n = 0; n < prompts.Length; n++)
        {
            AgentflowNode node = workflow.Nodes[n];
            List<AgentflowSegment> prompt = prompts[n] = [];
            if (node.Base is int number)
            {
                AgentflowNode before = workflow.Nodes[number];
                int left = node.Keep ?? int.MaxValue;
                foreach (AgentflowSegment segment in prompts[number])
                {
                    Append(prompt, segment with { Length = Math.Min(left, segment.Length) });
                    left -= Math.Min(left, segment.Length);
                }
                if (taken is null || taken[number])
                {
                    Append(prompt, new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"o:{number}"), before.Reason, before.Out - before.Reason));
                }
            }
            foreach (AgentflowSegment segment in node.Kind == NodeKind.Llm ? node.Prompt ?? node.Add : [])
            {
                bool there = taken is null || !AgentflowStreamName.TryParse(segment.Stream, out AgentflowStreamName name) || !name.IsYielded || taken[name.Node];
                Append(prompt, there ? segment : segment with { Length = 0 });
            }
        }
        return prompts;
    }

    private static void Append(List<AgentflowSegment> prompt, AgentflowSegment segment)
    {
        if (segment.Length <= 0)
        {
            return;
        }
        if (prompt.Count > 0 && prompt[^1] is var last && last.Offset + last.Length == segment.Offset && last.Stream == segment.Stream)
        {
            prompt[^1] = last with { Length = last.Length + segment.Length };
            return;
        }
        prompt.Add(segment);
    }
}
