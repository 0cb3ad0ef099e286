namespace Cortex.Workloads;

/// <summary>Reads the values that several objects of agentflow have, and small objects.</summary>
internal static class AgentflowValues
{
    public static NodeKind ReadKind(ref JsonCursor json) => json.ReadString("kind") switch
    {
        "llm" => NodeKind.Llm,
        "tool" => NodeKind.Tool,
        "human" => NodeKind.Human,
        string other => throw json.Fault($"kind is '{other}'", "llm, tool, human"),
    };

    public static ToolEffect ReadEffect(ref JsonCursor json) => json.ReadString("effect") switch
    {
        "pure" => ToolEffect.Pure,
        "idempotent" => ToolEffect.Idempotent,
        "write" => ToolEffect.Write,
        string other => throw json.Fault($"effect is '{other}'", "pure, idempotent, write"),
    };

    public static IReadOnlyList<string> ReadTexts(ref JsonCursor json, string what)
    {
        List<string> texts = [];
        json.BeginList(what);
        while (json.NextElement())
        {
            texts.Add(json.ReadString($"an element of {what}"));
        }
        return texts;
    }

    public static AgentflowSlo ReadSlo(ref JsonCursor json)
    {
        long? ttft = null, tpot = null, e2e = null;
        json.BeginObject("slo");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "ttft": ttft = json.ReadTimeOrNull("ttft of slo", TimeText.Microsecond); break;
                case "tpot": tpot = json.ReadTimeOrNull("tpot of slo", TimeText.Microsecond); break;
                case "e2e": e2e = json.ReadTimeOrNull("e2e of slo", TimeText.Microsecond); break;
                default: throw json.UnknownKey("slo", "ttft", "tpot", "e2e");
            }
        }
        return new(ttft, tpot, e2e);
    }

    /// <summary>The name of a tool of the header, or <c>{"shape": "exponential", "mean"}</c>, <c>{"shape": "lognormal", "median", "sigma"}</c>, <c>{"shape": "uniform", "min", "max"}</c>; times in microseconds.</summary>
    public static AgentflowDistribution ReadDistribution(ref JsonCursor json)
    {
        if (json.IsText())
        {
            return new(json.ReadString("dist"));
        }
        const decimal MostUs = 365m * 24 * 3600 * 1_000_000;
        const decimal Unset = -1;
        string? shape = null;
        decimal mean = Unset, median = Unset, sigma = Unset, min = Unset, max = Unset;
        json.BeginObject("dist");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "shape": shape = json.ReadString("shape"); break;
                case "mean": mean = json.ReadNumber("mean", 0, MostUs); break;
                case "median": median = json.ReadNumber("median", 0, MostUs); break;
                case "sigma": sigma = json.ReadNumber("sigma", 0, 10); break;
                case "min": min = json.ReadNumber("min", 0, MostUs); break;
                case "max": max = json.ReadNumber("max", 0, MostUs); break;
                default: throw json.UnknownKey("dist", "shape", "mean", "median", "sigma", "min", "max");
            }
        }
        return (shape, mean, median, sigma, min, max) switch
        {
            ("exponential", >= 0, Unset, Unset, Unset, Unset) => new(null, TimeShape.Exponential, (double)mean * 1e3),
            ("lognormal", Unset, >= 0, >= 0, Unset, Unset) => new(null, TimeShape.LogNormal, (double)median * 1e3, (double)sigma),
            ("uniform", Unset, Unset, Unset, >= 0, >= 0) when min <= max => new(null, TimeShape.Uniform, (double)min * 1e3, (double)max * 1e3),
            _ => throw json.Fault(
                $"dist of shape '{shape}' has the wrong parameters", "exponential with mean, lognormal with median and sigma, uniform with min and max"),
        };
    }

    public static AgentflowObserved ReadObserved(ref JsonCursor json)
    {
        AgentflowObserved observed = new();
        json.BeginObject("obs");
        while (json.NextKey())
        {
            observed = json.Key() switch
            {
                "ttft" => observed with { TtftNs = json.ReadTimeOrNull("ttft of obs", TimeText.Microsecond) },
                "e2e" => observed with { E2eNs = json.ReadTimeOrNull("e2e of obs", TimeText.Microsecond) },
                "prefill" => observed with { PrefillNs = json.ReadTimeOrNull("prefill of obs", TimeText.Microsecond) },
                "decode" => observed with { DecodeNs = json.ReadTimeOrNull("decode of obs", TimeText.Microsecond) },
                "queue" => observed with { QueueNs = json.ReadTimeOrNull("queue of obs", TimeText.Microsecond) },
                "start" => observed with { StartNs = json.ReadTimeOrNull("start of obs", TimeText.Microsecond) },
                "cached" => observed with { CachedTokens = json.ReadInt("cached of obs", least: 0) },
                _ => throw json.UnknownKey("obs", "ttft", "e2e", "prefill", "decode", "queue", "start", "cached"),
            };
        }
        return observed;
    }

    public static AgentflowResources ReadResources(ref JsonCursor json)
    {
        AgentflowResources resources = new();
        json.BeginObject("res");
        while (json.NextKey())
        {
            resources = json.Key() switch
            {
                "cpu" => resources with { Cpu = json.ReadNumber("cpu", 0, 100_000) },
                "mem" => resources with { MemoryMb = json.ReadInt("mem", least: 0) },
                "pool" => resources with { Pool = json.ReadString("pool") },
                _ => throw json.UnknownKey("res", "cpu", "mem", "pool"),
            };
        }
        return resources;
    }

    public static AgentflowGuess ReadGuess(ref JsonCursor json)
    {
        bool? right = null;
        string? value = null;
        int? tokens = null;
        json.BeginObject("guess");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "right": right = json.ReadBool("right"); break;
                case "is": value = json.ReadScalar("is of guess"); break;
                case "tokens": tokens = json.ReadInt("tokens of guess", least: 0); break;
                default: throw json.UnknownKey("guess", "right", "is", "tokens");
            }
        }
        return right is bool met ? new(met, value, tokens) : throw json.Fault("guess lacks right", """{"right": true | false, "is": …}""");
    }

    public static AgentflowAlternative ReadAlternative(ref JsonCursor json)
    {
        AgentflowAlternative other = new();
        json.BeginObject("an element of alt");
        while (json.NextKey())
        {
            other = json.Key() switch
            {
                "model" => other with { Model = json.ReadString("model of alt") },
                "budget" => other with { Budget = json.ReadInt("budget of alt", least: 0) },
                "out" => other with { Out = json.ReadInt("out of alt", least: 0) },
                "reason" => other with { Reason = json.ReadInt("reason of alt", least: 0) },
                "time" => other with { TimeNs = json.ReadTime("time of alt", TimeText.Microsecond) },
                "outcome" => other with { Outcome = json.ReadString("outcome of alt") },
                _ => throw json.UnknownKey("alt", "model", "budget", "out", "reason", "time", "outcome"),
            };
        }
        return other.Model is null && other.Budget is null ? throw json.Fault("an element of alt names neither model nor budget", """{"model": …} or {"budget": tokens}, and what would differ""") : other;
    }
}
