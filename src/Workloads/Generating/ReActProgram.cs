using System.Globalization;

namespace Cortex.Workloads;

/// <summary>Makes the workflows of <see cref="ReActProfile"/>.</summary>
internal sealed class ReActProgram(ReActProfile profile, Draws draws) : IProgram
{
    private const string Act = "act";
    private const string Summary = "summary";
    private const string Goes = "tool";
    private const string Ends = "done";
    private readonly double[] popularity = Draw.Zipf(profile.Repositories.Count);
    private readonly double[] shares = [.. profile.Tools.Select(tool => tool.Share)];
    private readonly double[] parallel = [.. profile.Parallel];

    public IReadOnlyList<AgentflowStream> Streams =>
        [new("g:react", profile.System), .. profile.Repositories.Select((tokens, i) => new AgentflowStream(Repository(i), tokens))];

    public IReadOnlyList<AgentflowTool> Tools => [.. profile.Tools.Select(tool => new AgentflowTool(tool.Name, Effect: tool.Effect))];

    public AgentflowProgram Declaration
    {
        get
        {
            double mean = parallel.Select((share, i) => share * (i + 1)).Sum();
            return new(
                profile.Name,
                [
                    new()
                    {
                        Name = Act,
                        Kind = NodeKind.Llm,
                        OutputTokens = profile.Thought.Expected,
                        MostVisits = profile.MostSteps,
                        Next =
                        [
                            .. profile.Tools.Select(tool => new AgentflowBranch(
                                Stage(tool), Math.Min(1, (1 - (1 / profile.Steps)) * tool.Share * mean), [Goes])),
                            new(Summary, 1 / profile.Steps, [Ends]),
                        ],
                    },
                    .. profile.Tools.Select(tool => new AgentflowStage
                    {
                        Name = Stage(tool),
                        Kind = NodeKind.Tool,
                        OutputTokens = tool.Result.Expected,
                        TimeNs = 1000L * tool.Time.Expected,
                        Next = [new(Act, 1, [])],
                    }),
                    new() { Name = Summary, Kind = NodeKind.Llm, OutputTokens = profile.Summary.Expected },
                ]);
        }
    }

    public AgentflowWorkflow Next(int index)
    {
        int repository = Draw.Index(draws.Shape, popularity);
        int steps = Draw.Geometric(draws.Shape, profile.Steps, profile.MostSteps);
        AgentflowWorkflow workflow = new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"task{index}"),
            Class = profile.Name,
            Success = draws.Shape.NextDouble() < profile.Success,
        };
        List<AgentflowNode> nodes = workflow.Nodes;
        List<int> tools = [];
        int lastTaken = 0;
        for (int step = 0; step < steps + profile.Beyond; step++)
        {
            int before = nodes.Count - 1 - tools.Count;
            AgentflowNode act = new()
            {
                Kind = NodeKind.Llm,
                Stage = Act,
                Deps = tools,
                When = step == 0 ? [] : [new AgentflowGuard(before, [Goes])],
                Out = profile.Thought.Draw(draws.Lengths),
                // An untaken step is one that goes on, up to the last that is kept.
                Outcome = step == steps - 1 || step == steps + profile.Beyond - 1 ? Ends : Goes,
            };
            act.Reason = (int)Math.Round(profile.Reasoning * act.Out, MidpointRounding.ToEven);
            if (step == 0)
            {
                act.Prompt =
                [
                    new("g:react", 0, profile.System), new(Repository(repository), 0, profile.Repositories[repository]),
                    new("u:0", 0, profile.Task.Draw(draws.Lengths)),
                ];
            }
            else
            {
                act.Base = before;
                act.Add = [.. tools.Select(tool => new AgentflowSegment(string.Create(CultureInfo.InvariantCulture, $"r:{tool}"), 0, nodes[tool].Result))];
            }
            nodes.Add(act);
            lastTaken = step == steps - 1 ? nodes.Count - 1 : lastTaken;
            tools = step == steps + profile.Beyond - 1 ? [] : AddTools(nodes);
        }
        nodes.Add(new()
        {
            Kind = NodeKind.Llm, Stage = Summary, Deps = [lastTaken], When = [new AgentflowGuard(lastTaken, [Ends])], Base = lastTaken,
            Out = profile.Summary.Draw(draws.Lengths),
        });
        return workflow;
    }

    private static string Stage(ToolProfile tool) => $"tool.{tool.Name}";

    private static string Repository(int repository) => string.Create(CultureInfo.InvariantCulture, $"g:repo{repository}");

    /// <summary>The tools that the last node calls, side by side.</summary>
    private List<int> AddTools(List<AgentflowNode> nodes)
    {
        int act = nodes.Count - 1;
        int count = 1 + Draw.Index(draws.Shape, parallel);
        List<int> tools = [];
        for (int i = 0; i < count; i++)
        {
            ToolProfile tool = profile.Tools[Draw.Index(draws.Shape, shares)];
            bool fails = draws.Shape.NextDouble() < tool.Errors;
            bool right = draws.Shape.NextDouble() < profile.Predictable;
            tools.Add(nodes.Count);
            nodes.Add(new()
            {
                Kind = NodeKind.Tool,
                Stage = Stage(tool),
                Name = tool.Name,
                Deps = [act],
                When = [new AgentflowGuard(act, [Goes])],
                DurationNs = tool.Time.DrawNs(draws.Times),
                Result = tool.Result.Draw(draws.Lengths),
                Outcome = fails ? "error" : "ok",
                Effect = tool.Effect,
                Guess = new AgentflowGuess(right, tool.Name),
            });
        }
        return tools;
    }
}
