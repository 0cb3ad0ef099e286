using System.Globalization;

namespace Cortex.Workloads;

/// <summary>Makes the workflows of <see cref="ChatProfile"/>.</summary>
internal sealed class ChatProgram(ChatProfile profile, Draws draws) : IProgram
{
    public IReadOnlyList<AgentflowStream> Streams => [new("g:chat", profile.System)];

    public IReadOnlyList<AgentflowTool> Tools => [];

    public AgentflowProgram Declaration => new(
        profile.Name,
        [
            new()
            {
                Name = "reply", Kind = NodeKind.Llm, OutputTokens = profile.Reply.Expected, MostVisits = profile.MostTurns,
                Next = [new("think", 1 - (1 / profile.Turns), [])],
            },
            new() { Name = "think", Kind = NodeKind.Human, OutputTokens = profile.Message.Expected, TimeNs = 1000L * profile.Think.Expected, Next = [new("reply", 1, [])] },
        ]);

    public AgentflowWorkflow Next(int index)
    {
        AgentflowWorkflow workflow = new() { Id = string.Create(CultureInfo.InvariantCulture, $"chat{index}"), Class = profile.Name };
        List<AgentflowNode> nodes = workflow.Nodes;
        int turns = Draw.Geometric(draws.Shape, profile.Turns, profile.MostTurns);
        for (int turn = 0; turn < turns; turn++)
        {
            int message = profile.Message.Draw(draws.Lengths);
            if (turn > 0)
            {
                nodes.Add(new() { Kind = NodeKind.Human, Stage = "think", Deps = [nodes.Count - 1], DurationNs = profile.Think.DrawNs(draws.Times), Result = message });
            }
            AgentflowSegment said = new(string.Create(CultureInfo.InvariantCulture, $"u:{turn}"), 0, message);
            nodes.Add(new()
            {
                Kind = NodeKind.Llm,
                Stage = "reply",
                Deps = turn == 0 ? [] : [nodes.Count - 1],
                Prompt = turn == 0 ? [new("g:chat", 0, profile.System), said] : null,
                Base = turn == 0 ? null : nodes.Count - 2,
                Add = turn == 0 ? [] : [said],
                Out = profile.Reply.Draw(draws.Lengths),
            });
        }
        return workflow;
    }
}
