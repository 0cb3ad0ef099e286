namespace Cortex.Workloads;

/// <summary>Counts what a format cannot hold.</summary>
internal sealed class LossCount
{
    private readonly List<(string What, long Count)> counts = [];

    public void Add(string what, long number)
    {
        if (number == 0)
        {
            return;
        }
        int at = counts.FindIndex(count => count.What == what);
        if (at < 0)
        {
            counts.Add((what, number));
        }
        else
        {
            counts[at] = (what, counts[at].Count + number);
        }
    }

    /// <summary>Counts what neither Mooncake nor its agentic form has a place for.</summary>
    public void AddCommon(AgentflowWorkflow workflow, bool[] taken)
    {
        Add("names of tools", workflow.Nodes.Count(node => node.Name is not null));
        Add("outcomes", workflow.Nodes.Count(node => node.Outcome is not null and not "ok"));
        Add("guards, of which only the way taken is written", workflow.Nodes.Count(node => node.When.Count > 0));
        Add("calls that do not run, left out", workflow.Nodes.Where((node, n) => node.Kind == NodeKind.Llm && !taken[n]).Count());
        Add("tools in the background, left out", workflow.Nodes.Count(node => node.Background));
        Add("whether a pause is a tool's or a person's", workflow.Nodes.Where((node, n) => node.Kind != NodeKind.Llm && taken[n]).Count());
        Add("stages", workflow.Nodes.Count(node => node.Stage is not null));
        Add("lanes of agents", workflow.Nodes.Count(node => node.Agent is not null));
        Add("measured values", workflow.Nodes.Count(node => node.Observed is not null));
        Add("alternatives, guesses, early tool calls", workflow.Nodes.Count(node => node.Alternatives.Count > 0 || node.Guess is not null || node.Emits.Count > 0));
        Add("effects, arguments, limits of tools", workflow.Nodes.Count(node => node.Effect is not null || node.Args is not null || node.Resources is not null));
        Add("declared maxima of outputs", workflow.Nodes.Count(node => node.MaxTokens is not null));
        Add("latency targets", workflow.Nodes.Count(node => node.Slo is not null) + (workflow.Slo is null ? 0 : 1));
        Add("classes, tenants, priorities, success of workflows", workflow.Class is null && workflow.Tenant is null && workflow.Priority == 0 && workflow.Success is null ? 0 : 1);
    }

    public IReadOnlyList<string> ToList() => [.. counts.Select(count => $"{count.What}: {count.Count}")];
}
