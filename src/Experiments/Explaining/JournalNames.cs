using System.Globalization;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Serving.Journal;

namespace Cortex.Experiments.Explaining;

/// <summary>
/// Names by what a journal tells: workflows and nodes are their tags. A tool has no workflow there; since a player numbers nodes workflow by
/// workflow, it counts to that of the calls around it, and between two workflows to the one that is on its way.
/// </summary>
internal sealed class JournalNames : IRunNames
{
    private readonly SortedDictionary<int, (int Workflow, string Stage)> nodes = [];
    private readonly SortedDictionary<int, List<int>> byWorkflow = [];

    /// <param name="journal">A reader that stands behind the header; read to its end.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public JournalNames(JournalReader journal)
    {
        var calls = new SortedDictionary<int, int>();
        var tools = new List<(int Tag, Instant At)>();
        var spans = new SortedDictionary<int, (Instant Arrived, Instant Ended)>();
        while (journal.Read())
        {
            if (journal.Kind != JournalRecordKind.Fact)
            {
                continue;
            }
            Fact fact = journal.Fact;
            switch (fact.Kind)
            {
                case FactKind.WorkflowArrived: spans[fact.Tag] = (fact.At, Instant.Never); break;
                case FactKind.WorkflowEnded: spans[fact.Tag] = (spans[fact.Tag].Arrived, fact.At); break;
                case FactKind.ToolArrived: tools.Add((fact.Tag, fact.At)); break;
                case FactKind.CallArrived when fact.Call is { } call:
                    calls[call.Tag] = call.WorkflowTag;
                    nodes[call.Tag] = (call.WorkflowTag, journal.Header.Settings.Stages[call.Stage.Value]);
                    break;
            }
        }
        int[] tags = [.. calls.Keys];
        foreach ((int tool, Instant at) in tools)
        {
            int next = ~Array.BinarySearch(tags, tool);
            int? before = next > 0 ? calls[tags[next - 1]] : null;
            int? behind = next < tags.Length ? calls[tags[next]] : null;
            nodes[tool] = (before is { } first && (behind is null || behind == before || IsOnItsWay(first)) ? first : behind ?? 0, "tool");

            bool IsOnItsWay(int workflow) => spans.TryGetValue(workflow, out (Instant Arrived, Instant Ended) span) && span.Arrived <= at && at <= span.Ended;
        }
        Workflows = spans.Count == 0 ? 0 : spans.Keys.Last() + 1;
        foreach ((int node, (int workflow, _)) in nodes)
        {
            if (!byWorkflow.TryGetValue(workflow, out List<int>? members))
            {
                byWorkflow.Add(workflow, members = []);
            }
            members.Add(node);
        }
    }

    public int Workflows { get; }

    public string Workflow(int workflow) => workflow.ToString(CultureInfo.InvariantCulture);

    public string Class(int workflow) => "";

    public IReadOnlyList<int> Nodes(int workflow) => byWorkflow.TryGetValue(workflow, out List<int>? members) ? members : [];

    public int WorkflowOf(int node) => nodes[node].Workflow;

    public int Number(int node) => byWorkflow[WorkflowOf(node)].IndexOf(node);

    public string Stage(int node) => nodes[node].Stage;

    public bool IsPerson(int node) => false;
}
