using Cortex.Experiments.Config;
using Cortex.Workloads;
using static Cortex.Experiments.Profiles.SpreadReader;

namespace Cortex.Experiments.Profiles;

/// <summary>Reads what a profile says of its program; what it leaves out keeps its default.</summary>
internal static class ProgramReader
{
    private const string Share = "a number from 0 to 1";
    private const int MostList = 1000;
    private static readonly string[] Effects = ["pure", "idempotent", "write"];

    public static Nl2SqlProfile Nl2Sql(MapReader reader, Nl2SqlProfile usual) => usual with
    {
        Retries = (int)reader.Integer("retries", usual.Retries, least: 0, most: 100),
        FirstTry = Outcomes(reader, "first_try", usual.FirstTry),
        LaterTry = Outcomes(reader, "later_try", usual.LaterTry),
        Schemas = Lengths(reader, "schemas", usual.Schemas),
        Question = Tokens(reader, "question", usual.Question),
        Links = Tokens(reader, "links", usual.Links),
        Sql = Tokens(reader, "sql", usual.Sql),
        Answer = Tokens(reader, "answer", usual.Answer),
        Rows = Tokens(reader, "rows", usual.Rows),
        Error = Tokens(reader, "error", usual.Error),
        Execution = Time(reader, "execution", usual.Execution),
    };

    public static ReActProfile ReAct(MapReader reader, ReActProfile usual) => usual with
    {
        System = Length(reader, "system", usual.System),
        Repositories = Lengths(reader, "repositories", usual.Repositories),
        Task = Tokens(reader, "task", usual.Task),
        Steps = Mean(reader, "steps", usual.Steps),
        MostSteps = (int)reader.Integer("most_steps", usual.MostSteps, least: 1, most: MostList),
        Beyond = (int)reader.Integer("beyond", usual.Beyond, least: 0, most: MostList),
        Thought = Tokens(reader, "thought", usual.Thought),
        Reasoning = Probability(reader, "reasoning", usual.Reasoning),
        Parallel = Shares(reader, "parallel", usual.Parallel),
        Tools = Tools(reader, usual.Tools),
        Predictable = Probability(reader, "predictable", usual.Predictable),
        Summary = Tokens(reader, "summary", usual.Summary),
        Success = Probability(reader, "success", usual.Success),
    };

    public static ResearchProfile Research(MapReader reader, ResearchProfile usual) => usual with
    {
        Instructions = Length(reader, "instructions", usual.Instructions),
        Question = Tokens(reader, "question", usual.Question),
        FanOut = Tokens(reader, "fan_out", usual.FanOut),
        Rounds = (int)reader.Integer("rounds", usual.Rounds, least: 1, most: 100),
        More = Probability(reader, "more", usual.More),
        Search = Time(reader, "search", usual.Search),
        Find = Tokens(reader, "find", usual.Find),
        Empty = Probability(reader, "empty", usual.Empty),
        Plan = Tokens(reader, "plan", usual.Plan),
        Notes = Tokens(reader, "notes", usual.Notes),
        Judgement = Tokens(reader, "judgement", usual.Judgement),
        Report = Tokens(reader, "report", usual.Report),
    };

    public static ChatProfile Chat(MapReader reader, ChatProfile usual) => usual with
    {
        System = Length(reader, "system", usual.System),
        Turns = Mean(reader, "turns", usual.Turns),
        MostTurns = (int)reader.Integer("most_turns", usual.MostTurns, least: 1, most: MostList),
        Message = Tokens(reader, "message", usual.Message),
        Reply = Tokens(reader, "reply", usual.Reply),
        Think = Time(reader, "think", usual.Think),
    };

    private static int Length(MapReader reader, string key, int otherwise) => (int)reader.Integer(key, otherwise, least: 1, most: 10_000_000);

    private static double Mean(MapReader reader, string key, double otherwise) =>
        reader.Number(key, otherwise, value => value is >= 1 and <= MostList, "a mean from 1 to 1000");

    private static double Probability(MapReader reader, string key, double otherwise) => reader.Number(key, otherwise, value => value is >= 0 and <= 1, Share);

    private static SqlOutcomes Outcomes(MapReader reader, string key, SqlOutcomes otherwise)
    {
        if (reader.Node(key) is null)
        {
            return otherwise;
        }
        MapReader below = reader.Below(key);
        var outcomes = new SqlOutcomes(Probability(below, "ok", 0), Probability(below, "error", 0), Probability(below, "empty", 0));
        below.Finish();
        return SumToOne(outcomes.Ok + outcomes.Error + outcomes.Empty) ? outcomes : throw NotOne(below.Mark, reader.Full(key));
    }

    private static ValueList<int> Lengths(MapReader reader, string key, ValueList<int> otherwise) =>
        reader.Scalars(key, "a list of lengths in tokens") is { } items
            ? [.. items.Select(item => int.TryParse(item.Text, out int tokens) && tokens >= 1 ? tokens : throw reader.Wrong(item, key, "tokens, a whole number from 1"))]
            : otherwise;

    private static ValueList<double> Shares(MapReader reader, string key, ValueList<double> otherwise)
    {
        if (reader.Scalars(key, "a list of shares that sum to 1") is not { } items)
        {
            return otherwise;
        }
        double[] shares = [.. items.Select(item =>
            double.TryParse(item.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1
                ? share
                : throw reader.Wrong(item, key, Share))];
        return SumToOne(shares.Sum()) ? [.. shares] : throw NotOne(items[0].Mark, reader.Full(key));
    }

    private static ValueList<ToolProfile> Tools(MapReader reader, ValueList<ToolProfile> otherwise)
    {
        if (reader.Node("tools") is null)
        {
            return otherwise;
        }
        List<ToolProfile> tools = [];
        SourceMark? mark = null;
        foreach (MapReader tool in reader.List("tools", "a list of tools such as [{name: read, share: 1}]"))
        {
            mark ??= tool.Mark;
            string name = tool.Text("name", "");
            if (name.Length == 0 || tools.Any(other => other.Name == name))
            {
                throw new InputException(tool.Mark, $"tools: {(name.Length == 0 ? "a tool without a name" : $"a second tool '{name}'")}; allowed: each name once");
            }
            tools.Add(new ToolProfile(
                name,
                Probability(tool, "share", 0),
                Time(tool, "time", new Spread(100_000, 0.5, 1_000, 60_000_000)),
                Tokens(tool, "result", new Spread(300, 0.7, 1, 8000)),
                Probability(tool, "errors", 0),
                tool.Choice("effect", Effects, "pure") switch { "write" => ToolEffect.Write, "idempotent" => ToolEffect.Idempotent, _ => ToolEffect.Pure }));
            tool.Finish();
        }
        return SumToOne(tools.Sum(tool => tool.Share)) ? [.. tools] : throw NotOne(mark!, "tools: the shares");
    }

    private static bool SumToOne(double sum) => Math.Abs(sum - 1) < 1e-9;

    private static InputException NotOne(SourceMark mark, string what) => new(mark, $"{what} do not sum to 1; allowed: shares that do");
}
