namespace Cortex.Workloads;

/// <summary>Reads a node of an agentflow line. Whether its numbers, streams and lengths make sense is for <see cref="AgentflowChecks"/>.</summary>
internal sealed class AgentflowNodeParser
{
    private static readonly string[] Keys =
    [
        "n", "kind", "deps", "after_start", "delay", "at", "agent", "stage", "obs", "outcome", "when", "alt", "args", "effect", "timeout", "retry", "guess", "slo",
        "model", "prompt", "base", "keep", "add", "out", "reason", "max_tokens", "stream", "emits", "stop",
        "name", "dur", "dist", "result", "err", "background", "res", "run", "tokens",
    ];

    private readonly List<int> numbers = [];
    private readonly List<AgentflowSegment> segments = [];

    /// <summary>Reads the object at the cursor.</summary>
    /// <param name="json">Where the node stands.</param>
    /// <param name="expected">The number that it must have.</param>
    public AgentflowNode Read(ref JsonCursor json, int expected)
    {
        AgentflowNode node = new();
        int number = -1;
        NodeKind? kind = null;
        json.BeginObject("a node");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "n": number = json.ReadInt("n", least: 0); break;
                case "kind": kind = AgentflowValues.ReadKind(ref json); break;
                case "deps": node.Deps = ReadDeps(ref json); break;
                case "after_start": node.AfterStart = ReadStarts(ref json); break;
                case "delay": node.DelayNs = json.ReadTime("delay", TimeText.Microsecond); break;
                case "at": node.AtNs = json.ReadTimeOrNull("at", TimeText.Microsecond); break;
                case "agent": node.Agent = json.ReadScalar("agent"); break;
                case "stage": node.Stage = json.ReadStringOrNull("stage"); break;
                case "obs": node.Observed = AgentflowValues.ReadObserved(ref json); break;
                case "outcome": node.Outcome = json.ReadStringOrNull("outcome"); break;
                case "when": node.When = ReadGuards(ref json); break;
                case "alt": node.Alternatives = ReadAlternatives(ref json); break;
                case "args": node.Args = json.ReadScalar("args"); break;
                case "effect": node.Effect = AgentflowValues.ReadEffect(ref json); break;
                case "timeout": node.TimeoutNs = json.ReadTimeOrNull("timeout", TimeText.Microsecond); break;
                case "retry": node.Retry = json.ReadInt("retry", least: 0); break;
                case "guess": node.Guess = AgentflowValues.ReadGuess(ref json); break;
                case "slo": node.Slo = AgentflowValues.ReadSlo(ref json); break;
                case "model": node.Model = json.ReadStringOrNull("model"); break;
                case "prompt": node.Prompt = ReadSegments(ref json); break;
                case "base": node.Base = json.ReadInt("base", least: 0); break;
                case "keep": node.Keep = json.ReadInt("keep", least: 0); break;
                case "add": node.Add = ReadSegments(ref json); break;
                case "out": node.Out = json.ReadInt("out", least: 0); break;
                case "reason": node.Reason = json.ReadInt("reason", least: 0); break;
                case "max_tokens": node.MaxTokens = json.ReadInt("max_tokens", least: 1); break;
                case "stream": node.Streamed = json.ReadBoolOrNull("stream"); break;
                case "emits": node.Emits = ReadEmissions(ref json); break;
                case "stop": node.Stop = json.ReadStringOrNull("stop"); break;
                case "name": node.Name = json.ReadStringOrNull("name"); break;
                case "dur": node.DurationNs = json.ReadTime("dur", TimeText.Microsecond); break;
                case "dist": node.Distribution = AgentflowValues.ReadDistribution(ref json); break;
                case "result" or "tokens": node.Result = json.ReadInt(json.Key(), least: 0); break;
                case "err": node.Error = json.ReadScalar("err") is string error && error != "false" ? error : null; break;
                case "background": node.Background = json.ReadBool("background"); break;
                case "res": node.Resources = AgentflowValues.ReadResources(ref json); break;
                case "run": node.Run = AgentflowToolRuns.Read(ref json); break;
                default: throw json.UnknownKey("a node", Keys);
            }
        }
        if (number != expected)
        {
            throw json.Fault($"n is {(number < 0 ? "missing" : number)}", $"{expected}: nodes are numbered from 0 in their order");
        }
        node.Kind = kind ?? throw json.Fault($"kind is missing in node {number}", "llm, tool, human");
        return node;
    }

    private int[] ReadDeps(ref JsonCursor json)
    {
        numbers.Clear();
        json.BeginList("deps");
        while (json.NextElement())
        {
            int number = json.ReadInt("an element of deps", least: 0);
            if (!numbers.Contains(number))
            {
                numbers.Add(number);
            }
        }
        return [.. numbers];
    }

    private static IReadOnlyList<AgentflowStart> ReadStarts(ref JsonCursor json)
    {
        List<AgentflowStart> starts = [];
        json.BeginList("after_start");
        while (json.NextElement())
        {
            int node = -1;
            long delay = 0;
            json.BeginObject("an element of after_start");
            while (json.NextKey())
            {
                switch (json.Key())
                {
                    case "node": node = json.ReadInt("node of after_start", least: 0); break;
                    case "delay": delay = json.ReadTime("delay of after_start", TimeText.Microsecond); break;
                    default: throw json.UnknownKey("an element of after_start", "node", "delay");
                }
            }
            starts.Add(node >= 0 ? new(node, delay) : throw json.Fault("an element of after_start lacks node", """{"node": n, "delay": µs}"""));
        }
        return starts;
    }

    private static IReadOnlyList<AgentflowGuard> ReadGuards(ref JsonCursor json)
    {
        List<AgentflowGuard> guards = [];
        json.BeginList("when");
        while (json.NextElement())
        {
            int node = -1;
            IReadOnlyList<string> outcomes = [];
            json.BeginObject("a condition of when");
            while (json.NextKey())
            {
                switch (json.Key())
                {
                    case "node": node = json.ReadInt("node of when", least: 0); break;
                    case "is": outcomes = AgentflowValues.ReadTexts(ref json, "is"); break;
                    default: throw json.UnknownKey("a condition of when", "node", "is");
                }
            }
            guards.Add(node >= 0 && outcomes.Count > 0 ? new(node, outcomes) : throw json.Fault("a condition of when lacks node or is", """{"node": n, "is": [outcomes]}"""));
        }
        return guards;
    }

    private static IReadOnlyList<AgentflowAlternative> ReadAlternatives(ref JsonCursor json)
    {
        List<AgentflowAlternative> alternatives = [];
        json.BeginList("alt");
        while (json.NextElement())
        {
            alternatives.Add(AgentflowValues.ReadAlternative(ref json));
        }
        return alternatives;
    }

    private static IReadOnlyList<AgentflowEmission> ReadEmissions(ref JsonCursor json)
    {
        List<AgentflowEmission> emissions = [];
        json.BeginList("emits");
        while (json.NextElement())
        {
            json.BeginList("an element of emits");
            int tool = json.NextElement() ? json.ReadInt("a tool of emits", least: 0) : -1;
            int token = tool >= 0 && json.NextElement() ? json.ReadInt("a token of emits", least: 0) : -1;
            if (token < 0 || json.NextElement())
            {
                throw json.Fault("an element of emits is not a pair", "[tool node, after token]");
            }
            emissions.Add(new(tool, token));
        }
        return emissions;
    }

    private AgentflowSegment[] ReadSegments(ref JsonCursor json)
    {
        segments.Clear();
        json.BeginList("a prompt");
        while (json.NextElement())
        {
            json.BeginList("a segment");
            string? name = json.NextElement() ? json.ReadString("a segment's stream") : null;
            int offset = name is not null && json.NextElement() ? json.ReadInt("a segment's offset", least: 0) : -1;
            int length = offset >= 0 && json.NextElement() ? json.ReadInt("a segment's length", least: 1) : 0;
            if (length == 0 || json.NextElement())
            {
                throw json.Fault("a segment is not a triple", "[\"stream\", offset, length]");
            }
            segments.Add(new(name!, offset, length));
        }
        return [.. segments];
    }
}
