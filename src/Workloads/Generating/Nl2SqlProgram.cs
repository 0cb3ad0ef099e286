using System.Globalization;

namespace Cortex.Workloads;

/// <summary>Makes the workflows of <see cref="Nl2SqlProfile"/>: 3 to 6 calls each and 3.7 on average with its defaults.</summary>
internal sealed class Nl2SqlProgram(Nl2SqlProfile profile, Draws draws) : IProgram
{
    private const int LinkTemplate = 620;
    private const int GenerateTemplate = 1180;
    private const int AnswerTemplate = 840;
    private const int LinkMaximum = 128;
    private const int Maximum = 320;
    private const int EmptyResult = 8;
    private static readonly string[] Outcomes = ["ok", "error", "empty"];
    private static readonly string[] ToBeFixed = ["error", "empty"];
    private readonly double[] popularity = Draw.Zipf(profile.Schemas.Count);

    public IReadOnlyList<AgentflowStream> Streams =>
    [
        new("g:link", LinkTemplate), new("g:generate", GenerateTemplate), new("g:answer", AnswerTemplate),
        .. profile.Schemas.Select((tokens, i) => new AgentflowStream(Schema(i), tokens)),
    ];

    public IReadOnlyList<AgentflowTool> Tools => [];

    public AgentflowProgram Declaration => new(
        profile.Name,
        [
            new() { Name = "schema.link", Kind = NodeKind.Llm, OutputTokens = profile.Links.Expected, Next = [new("sql.generate", 1, [])] },
            new() { Name = "sql.generate", Kind = NodeKind.Llm, OutputTokens = profile.Sql.Expected, Next = [new("sql.execute", 1, [])] },
            new()
            {
                Name = "sql.execute",
                Kind = NodeKind.Tool,
                OutputTokens = profile.Rows.Expected,
                TimeNs = 1000L * profile.Execution.Expected,
                MostVisits = 1 + profile.Retries,
                Next = [new("sql.answer", profile.FirstTry.Ok, ["ok"]), new("sql.fix", 1 - profile.FirstTry.Ok, ToBeFixed)],
            },
            new() { Name = "sql.fix", Kind = NodeKind.Llm, OutputTokens = profile.Sql.Expected, MostVisits = profile.Retries, Next = [new("sql.execute", 1, [])] },
            new() { Name = "sql.answer", Kind = NodeKind.Llm, OutputTokens = profile.Answer.Expected },
        ]);

    public AgentflowWorkflow Next(int index)
    {
        int database = Draw.Index(draws.Shape, popularity);
        AgentflowSegment schema = new(Schema(database), 0, profile.Schemas[database]);
        AgentflowSegment question = new("u:0", 0, profile.Question.Draw(draws.Lengths));
        AgentflowWorkflow workflow = new() { Id = string.Create(CultureInfo.InvariantCulture, $"q{index}"), Class = profile.Name };
        List<AgentflowNode> nodes = workflow.Nodes;
        int linked = profile.Links.Draw(draws.Lengths);
        nodes.Add(Call("schema.link", after: -1, null, linked, LinkMaximum, [new("g:link", 0, LinkTemplate), schema, question]));
        nodes.Add(Call("sql.generate", after: 0, null, SqlLength(), Maximum, [new("g:generate", 0, GenerateTemplate), schema, question, new("o:0", 0, linked)]));
        List<AgentflowSegment> answerPrompt = [new("g:answer", 0, AnswerTemplate), question];
        answerPrompt.Add(AddTry(nodes, unlessOk: null, profile.FirstTry));
        for (int retry = 0; retry < profile.Retries; retry++)
        {
            int tool = nodes.Count - 1;
            AgentflowNode fix = Call("sql.fix", after: tool, unlessOk: tool, SqlLength(), Maximum, prompt: null);
            fix.Base = tool - 1;
            fix.Add = [answerPrompt[^1]];
            nodes.Add(fix);
            answerPrompt.Add(AddTry(nodes, unlessOk: tool, profile.LaterTry));
        }
        int answer = profile.Answer.Draw(draws.Lengths);
        nodes.Add(Call("sql.answer", after: nodes.Count - 1, null, answer, Maximum, answerPrompt));
        return workflow;
    }

    private static string Schema(int database) => string.Create(CultureInfo.InvariantCulture, $"g:db{database}");

    private static AgentflowNode Call(string stage, int after, int? unlessOk, int output, int maxTokens, IReadOnlyList<AgentflowSegment>? prompt) => new()
    {
        Kind = NodeKind.Llm, Stage = stage, Deps = after < 0 ? [] : [after], When = Unless(unlessOk), Prompt = prompt, Out = output,
        MaxTokens = Math.Max(maxTokens, output),
    };

    private static IReadOnlyList<AgentflowGuard> Unless(int? unlessOk) => unlessOk is int tool ? [new AgentflowGuard(tool, ToBeFixed)] : [];

    private int SqlLength() => profile.Sql.Draw(draws.Lengths);

    /// <summary>Adds the execution of the SQL of the last node. Returns its result.</summary>
    private AgentflowSegment AddTry(List<AgentflowNode> nodes, int? unlessOk, SqlOutcomes probabilities)
    {
        int outcome = Draw.Index(draws.Shape, [probabilities.Ok, probabilities.Error, probabilities.Empty]);
        int tokens = outcome switch
        {
            0 => profile.Rows.Draw(draws.Lengths),
            1 => profile.Error.Draw(draws.Lengths),
            _ => EmptyResult,
        };
        nodes.Add(new()
        {
            Kind = NodeKind.Tool, Stage = "sql.execute", Deps = [nodes.Count - 1], When = Unless(unlessOk), DurationNs = profile.Execution.DrawNs(draws.Times),
            Result = tokens, Outcome = Outcomes[outcome],
        });
        return new(string.Create(CultureInfo.InvariantCulture, $"r:{nodes.Count - 1}"), 0, tokens);
    }
}
