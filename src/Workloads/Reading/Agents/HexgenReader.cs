using System.Globalization;
using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Text-to-SQL queries of Hexgen-Flow: a query a line, its calls in order with <c>step</c>, <c>input_length</c>, <c>output_length</c>, but no
/// edges and no times. A run of calls of one parallel step follows, side by side, all that came before; revisions are dealt to as many
/// chains as there are candidates; any other call waits for all before it. A prompt opens with the step's template, then the question.
/// </summary>
internal sealed class HexgenReader(string file, WorkloadBuilder builder) : ILineFormat
{
    /// <summary>Fixed text of the first call of a query, behind which its question stands.</summary>
    private const int FirstFixed = 208;

    private readonly record struct Call(string Step, int Input, int Output);

    private readonly Dictionary<string, StreamId> templates = [];
    private readonly List<Call> calls = [];
    private readonly List<int> frontier = [];
    private readonly List<int> group = [];
    private readonly HashSet<string> queries = [];

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        builder.ClosedByDefault = true;
        JsonCursor json = new(file, number, line);
        string? query = null;
        calls.Clear();
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "query": query = json.ReadScalar("query"); break;
                case "calls":
                    json.BeginList("calls");
                    while (json.NextElement())
                    {
                        calls.Add(ReadCall(ref json));
                    }
                    break;
                default: throw json.UnknownKey("a query", "query", "calls");
            }
        }
        json.End();
        if (query is null || calls.Count == 0)
        {
            throw json.Fault($"{(query is null ? "query" : "calls")} is missing or empty", "a query with query, calls");
        }
        AddQuery(query);
    }

    public void Finish()
    {
        builder.Note("edges follow from the order of steps, templates and questions from published lengths; the rest of each prompt is private");
    }

    private static Call ReadCall(ref JsonCursor json)
    {
        string? step = null;
        int input = -1, output = -1;
        json.BeginObject("a call");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "step": step = json.ReadString("step"); break;
                case "input_length": input = json.ReadInt("input_length", least: 1); break;
                case "output_length": output = json.ReadInt("output_length", least: 0); break;
                default: throw json.UnknownKey("a call", "step", "input_length", "output_length");
            }
        }
        return step is not null && input > 0 && output >= 0
            ? new(step, input, output)
            : throw json.Fault("a call lacks step, input_length or output_length", "calls with step, input_length, output_length");
    }

    private void AddQuery(string query)
    {
        int first = builder.NextTag;
        StreamId question = builder.NewStream();
        int questionTokens = Math.Max(calls[0].Input - FirstFixed, 0);
        int candidates = 1;
        frontier.Clear();
        for (int at = 0, end; at < calls.Count; at = end)
        {
            end = at + 1;
            while (end < calls.Count && calls[end].Step == calls[at].Step && (IsParallel(calls[at].Step) || calls[at].Step == "revise"))
            {
                end++;
            }
            group.Clear();
            for (int i = at; i < end; i++)
            {
                bool chained = calls[i].Step == "revise" && i - at >= candidates;
                ReadOnlySpan<int> deps = chained ? [group[i - at - candidates]] : CollectionsMarshal.AsSpan(frontier);
                BuildPrompt(calls[i], question, questionTokens);
                group.Add(builder.AddCall(builder.Stage(calls[i].Step), calls[i].Output, deps, builder.NewStream()));
            }
            candidates = calls[at].Step.StartsWith("generate_candidate", StringComparison.Ordinal) ? group.Count : candidates;
            // What nothing of the group continues is waited for next.
            frontier.Clear();
            frontier.AddRange(calls[at].Step == "revise" ? group.TakeLast(candidates) : group);
        }
        builder.AddWorkflow(queries.Add(query) ? query : Again(query), first, arrival: null, "nl2sql");
    }

    /// <summary>Queries are drawn with repetition, and ids are not.</summary>
    private string Again(string query) => string.Create(CultureInfo.InvariantCulture, $"{query}/{builder.WorkflowCount}");

    private static bool IsParallel(string step) =>
        step is "evaluate" or "unit_tester" || step.StartsWith("generate_candidate", StringComparison.Ordinal);

    /// <summary>Fixed tokens at the front of a step's prompt; the longer template of a candidate if the prompt holds it.</summary>
    private static (string Name, int Tokens) Template(in Call call) => call.Step switch
    {
        "Information Retriever" => ("information-retriever", 4),
        "extract_keywords" => ("extract-keywords", 578),
        "revise" => ("revise", 2870),
        "unit_tester" => ("unit-tester", 4),
        "generate_unit_test" => ("generate-unit-test", 22),
        "evaluate" => ("evaluate", 188),
        _ when call.Step.StartsWith("generate_candidate", StringComparison.Ordinal) && call.Input > 9066 => ("generate-candidate-long", 9066),
        _ when call.Step.StartsWith("generate_candidate", StringComparison.Ordinal) => ("generate-candidate", 5236),
        _ => ("", 0),
    };

    private void BuildPrompt(in Call call, StreamId question, int questionTokens)
    {
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        int left = call.Input;
        (string name, int tokens) = Template(call);
        if (tokens > 0)
        {
            if (!templates.TryGetValue(name, out StreamId template))
            {
                templates[name] = template = builder.NewStream();
                builder.NameStream(template, "g:" + name);
            }
            prompt.Add(template, 0, Math.Min(tokens, left));
            left -= Math.Min(tokens, left);
        }
        prompt.Add(question, 0, Math.Min(questionTokens, left));
        left -= Math.Min(questionTokens, left);
        if (left > 0)
        {
            prompt.Add(builder.NewStream(), 0, left);
        }
    }
}
