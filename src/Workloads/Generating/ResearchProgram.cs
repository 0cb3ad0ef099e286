using System.Globalization;

namespace Cortex.Workloads;

/// <summary>Makes the workflows of <see cref="ResearchProfile"/>.</summary>
internal sealed class ResearchProgram(ResearchProfile profile, Draws draws) : IProgram
{
    private const string Enough = "enough";
    private const string MoreOutcome = "more";
    private static readonly string[] Templates = ["plan", "read", "judge", "report"];

    public IReadOnlyList<AgentflowStream> Streams => [.. Templates.Select(name => new AgentflowStream($"g:{name}", profile.Instructions))];

    public IReadOnlyList<AgentflowTool> Tools => [new("search", Effect: ToolEffect.Pure)];

    public AgentflowProgram Declaration => new(
        profile.Name,
        [
            new() { Name = "plan", Kind = NodeKind.Llm, OutputTokens = profile.Plan.Expected, MostVisits = profile.Rounds, Next = [new("search", 1, [], profile.FanOut.Expected)] },
            new()
            {
                Name = "search",
                Kind = NodeKind.Tool,
                OutputTokens = profile.Find.Expected,
                TimeNs = 1000L * profile.Search.Expected,
                Next = [new("read", 1 - profile.Empty, ["ok"]), new("judge", profile.Empty, ["empty"])],
            },
            new() { Name = "read", Kind = NodeKind.Llm, OutputTokens = profile.Notes.Expected, Next = [new("judge", 1, [])] },
            new()
            {
                Name = "judge",
                Kind = NodeKind.Llm,
                OutputTokens = profile.Judgement.Expected,
                MostVisits = profile.Rounds,
                Next = [new("report", 1 - profile.More, [Enough]), new("plan", profile.More, [MoreOutcome])],
            },
            new() { Name = "report", Kind = NodeKind.Llm, OutputTokens = profile.Report.Expected },
        ]);

    public AgentflowWorkflow Next(int index)
    {
        AgentflowWorkflow workflow = new() { Id = string.Create(CultureInfo.InvariantCulture, $"research{index}"), Class = profile.Name };
        AgentflowSegment question = new("u:0", 0, profile.Question.Draw(draws.Lengths));
        List<AgentflowNode> nodes = workflow.Nodes;
        List<AgentflowSegment> notes = [];
        List<int> judges = [];
        for (int round = 0; round < profile.Rounds; round++)
        {
            AddRound(nodes, question, notes, judges);
        }
        // The last judge that is asked is content, as no further round is allowed.
        nodes[judges[^1]].Outcome = Enough;
        nodes.Add(new()
        {
            Kind = NodeKind.Llm, Stage = "report", Deps = [.. judges], Prompt = [Template("report"), question, .. notes], Out = profile.Report.Draw(draws.Lengths),
        });
        return workflow;
    }

    private static string Stream(char kind, int node) => string.Create(CultureInfo.InvariantCulture, $"{kind}:{node}");

    private AgentflowSegment Template(string name) => new($"g:{name}", 0, profile.Instructions);

    private void AddRound(List<AgentflowNode> nodes, AgentflowSegment question, List<AgentflowSegment> notes, List<int> judges)
    {
        AgentflowGuard[] taken = judges.Count == 0 ? [] : [new(judges[^1], [MoreOutcome])];
        int plan = nodes.Count;
        nodes.Add(new()
        {
            Kind = NodeKind.Llm, Stage = "plan", Deps = judges.Count == 0 ? [] : [judges[^1]], When = taken,
            Prompt = [Template("plan"), question, .. notes], Out = profile.Plan.Draw(draws.Lengths),
        });
        int searches = profile.FanOut.Draw(draws.Shape);
        List<int> reads = [];
        for (int i = 0; i < searches; i++)
        {
            bool isEmpty = draws.Shape.NextDouble() < profile.Empty;
            int search = nodes.Count;
            int found = isEmpty ? 4 : profile.Find.Draw(draws.Lengths);
            nodes.Add(new()
            {
                Kind = NodeKind.Tool, Stage = "search", Name = "search", Deps = [plan], When = taken, DurationNs = profile.Search.DrawNs(draws.Times), Result = found,
                Outcome = isEmpty ? "empty" : "ok", Effect = ToolEffect.Pure,
            });
            AgentflowNode read = new()
            {
                Kind = NodeKind.Llm, Stage = "read", Deps = [search], When = [.. taken, new(search, ["ok"])],
                Prompt = [Template("read"), question, new(Stream('r', search), 0, found)], Out = profile.Notes.Draw(draws.Lengths),
            };
            reads.Add(nodes.Count);
            notes.Add(new(Stream('o', nodes.Count), 0, read.Out));
            nodes.Add(read);
        }
        judges.Add(nodes.Count);
        nodes.Add(new()
        {
            Kind = NodeKind.Llm, Stage = "judge", Deps = reads, When = taken, Prompt = [Template("judge"), question, .. notes],
            Out = profile.Judgement.Draw(draws.Lengths), Outcome = draws.Shape.NextDouble() < profile.More ? MoreOutcome : Enough,
        });
    }
}
