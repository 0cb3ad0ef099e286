using System.Globalization;
using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>
/// Questions to a database: pick the tables, write SQL, run it; on an error or an empty result fix it and run again, up to three times;
/// answer. 3 to 6 calls a workflow, 3.7 on average, with 1,000 to 4,000 tokens of prompt, most of it shared by all questions to the same
/// database, and 50 to 300 tokens of output. Poisson arrivals, 2 a second. All tries stand in the trace with their truth, taken or not.
/// </summary>
internal sealed class Nl2SqlProgram(RandomStream random, AgentflowWriter writer)
{
    public const string Name = "nl2sql";

    private const double WorkflowsPerSecond = 2;
    private const int RetryLimit = 3;
    private const int LinkTemplate = 620;
    private const int GenerateTemplate = 1180;
    private const int AnswerTemplate = 840;

    private static readonly string[] Outcomes = ["ok", "error", "empty"];
    private static readonly double[] FirstTry = [0.55, 0.30, 0.15];
    private static readonly double[] LaterTry = [0.60, 0.25, 0.15];

    // Eight databases, the first asked most (shares as 1/rank), with schemas of so many tokens.
    private static readonly int[] Schemas = [1460, 930, 2210, 720, 1830, 1140, 2040, 610];
    private static readonly double[] Popularity = Zipf(Schemas.Length);

    /// <summary>Writes the header and all workflows.</summary>
    public void Write(ulong seed, int workflows)
    {
        writer.Write(new AgentflowHeader
        {
            Closed = false,
            Source = string.Create(CultureInfo.InvariantCulture, $"cortex trace generate {Name} --seed {seed} --workflows {workflows}"),
            Notes = "generated, not recorded; tries behind a guard stand in it with their truth",
            Streams =
            [
                new("g:link", LinkTemplate), new("g:generate", GenerateTemplate), new("g:answer", AnswerTemplate),
                .. Schemas.Select((tokens, i) => new AgentflowStream(Schema(i), tokens)),
            ],
        });
        double arrival = 0;
        for (int i = 0; i < workflows; i++)
        {
            arrival += Draw.Exponential(random, 1e6 / WorkflowsPerSecond);
            writer.Write(Workflow(i, (long)Math.Round(arrival, MidpointRounding.ToEven)));
        }
    }

    private static string Schema(int database) => string.Create(CultureInfo.InvariantCulture, $"g:db{database}");

    private static string Result(int tool) => string.Create(CultureInfo.InvariantCulture, $"r:{tool}");

    private static double[] Zipf(int count)
    {
        double sum = Enumerable.Range(1, count).Sum(rank => 1.0 / rank);
        return [.. Enumerable.Range(1, count).Select(rank => 1 / (rank * sum))];
    }

    private AgentflowWorkflow Workflow(int index, long arrivalUs)
    {
        int database = Draw.Index(random, Popularity);
        AgentflowSegment schema = new(Schema(database), 0, Schemas[database]);
        AgentflowSegment question = new("u:0", 0, Draw.LogNormal(random, median: 32, sigma: 0.5, least: 10, most: 120));
        AgentflowWorkflow workflow = new() { Id = string.Create(CultureInfo.InvariantCulture, $"q{index}"), ArrivalNs = arrivalUs * 1000, Class = Name };
        List<AgentflowNode> nodes = workflow.Nodes;
        int linked = Draw.LogNormal(random, median: 70, sigma: 0.3, least: 50, most: 120);
        nodes.Add(Call("schema.link", after: -1, null, linked, maxTokens: 128, [new("g:link", 0, LinkTemplate), schema, question]));
        nodes.Add(Call("sql.generate", after: 0, null, SqlLength(), maxTokens: 320, [new("g:generate", 0, GenerateTemplate), schema, question, new("o:0", 0, linked)]));
        List<AgentflowSegment> answerPrompt = [new("g:answer", 0, AnswerTemplate), question];
        answerPrompt.Add(AddTry(nodes, unlessOk: null, FirstTry));
        for (int retry = 0; retry < RetryLimit; retry++)
        {
            int tool = nodes.Count - 1;
            AgentflowNode fix = Call("sql.fix", after: tool, unlessOk: tool, SqlLength(), maxTokens: 320, prompt: null);
            fix.Base = tool - 1;
            fix.Add = [answerPrompt[^1]];
            nodes.Add(fix);
            answerPrompt.Add(AddTry(nodes, unlessOk: tool, LaterTry));
        }
        int answer = Draw.LogNormal(random, median: 110, sigma: 0.4, least: 50, most: 300);
        nodes.Add(Call("sql.answer", after: nodes.Count - 1, null, answer, maxTokens: 320, answerPrompt));
        return workflow;
    }

    private int SqlLength() => Draw.LogNormal(random, median: 115, sigma: 0.4, least: 50, most: 300);

    private static AgentflowNode Call(string stage, int after, int? unlessOk, int output, int maxTokens, IReadOnlyList<AgentflowSegment>? prompt) => new()
    {
        Kind = NodeKind.Llm, Stage = stage, Deps = after < 0 ? [] : [after], When = Unless(unlessOk), Prompt = prompt, Out = output, MaxTokens = maxTokens,
    };

    private static IReadOnlyList<AgentflowGuard> Unless(int? unlessOk) => unlessOk is int tool ? [new AgentflowGuard(tool, ["error", "empty"])] : [];

    /// <summary>Adds the execution of the SQL of the last node. Returns its result.</summary>
    private AgentflowSegment AddTry(List<AgentflowNode> nodes, int? unlessOk, double[] probabilities)
    {
        int outcome = Draw.Index(random, probabilities);
        int tokens = outcome switch
        {
            0 => Draw.LogNormal(random, median: 120, sigma: 0.8, least: 10, most: 800),
            1 => Draw.LogNormal(random, median: 45, sigma: 0.3, least: 15, most: 120),
            _ => 8,
        };
        long durationUs = Draw.LogNormal(random, median: 60_000, sigma: 1.0, least: 2_000, most: 5_000_000);
        nodes.Add(new()
        {
            Kind = NodeKind.Tool, Stage = "sql.execute", Deps = [nodes.Count - 1], When = Unless(unlessOk), DurationNs = durationUs * 1000, Result = tokens,
            Outcome = Outcomes[outcome],
        });
        return new(Result(nodes.Count - 1), 0, tokens);
    }
}
