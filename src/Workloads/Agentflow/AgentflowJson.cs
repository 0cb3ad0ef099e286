using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Writes the values of agentflow; what is null is left out.</summary>
internal sealed class AgentflowJson(Utf8JsonWriter json)
{
    private const long HalfMicrosecond = TimeText.Microsecond / 2;

    /// <summary>Times that were not whole microseconds.</summary>
    public long RoundedTimes { get; private set; }

    public static string Name(NodeKind kind) => kind switch
    {
        NodeKind.Llm => "llm",
        NodeKind.Tool => "tool",
        _ => "human",
    };

    public void Text(string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary><c>true</c> and <c>false</c> without quotes.</summary>
    public void TextOrBool(string name, string? value)
    {
        if (value is "true" or "false")
        {
            json.WriteBoolean(name, value == "true");
        }
        else
        {
            Text(name, value);
        }
    }

    public void Number(string name, int? value)
    {
        if (value is int number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>Nanoseconds, written as microseconds.</summary>
    public void Time(string name, long? ns)
    {
        if (ns is long time)
        {
            json.WriteNumber(name, Microseconds(time));
        }
    }

    public void TimeOrNull(string name, long? ns)
    {
        if (ns is null)
        {
            json.WriteNull(name);
        }
        Time(name, ns);
    }

    public void Texts(string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }

    public void Segments(string name, IReadOnlyList<AgentflowSegment> segments)
    {
        json.WriteStartArray(name);
        foreach (AgentflowSegment segment in segments)
        {
            json.WriteStartArray();
            json.WriteStringValue(segment.Stream);
            json.WriteNumberValue(segment.Offset);
            json.WriteNumberValue(segment.Length);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    public void Slo(AgentflowSlo? slo)
    {
        if (slo is null)
        {
            return;
        }
        json.WriteStartObject("slo");
        Time("ttft", slo.TtftNs);
        Time("tpot", slo.TpotNs);
        Time("e2e", slo.E2eNs);
        json.WriteEndObject();
    }

    public void Effect(ToolEffect? effect) => Text("effect", effect switch
    {
        ToolEffect.Pure => "pure",
        ToolEffect.Idempotent => "idempotent",
        ToolEffect.Write => "write",
        _ => null,
    });

    public void Distribution(AgentflowDistribution? from)
    {
        if (from is null)
        {
            return;
        }
        if (from.Name is not null)
        {
            json.WriteString("dist", from.Name);
            return;
        }
        json.WriteStartObject("dist");
        switch (from.Shape)
        {
            case TimeShape.Exponential:
                json.WriteString("shape", "exponential");
                json.WriteNumber("mean", from.First / 1e3);
                break;
            case TimeShape.LogNormal:
                json.WriteString("shape", "lognormal");
                json.WriteNumber("median", from.First / 1e3);
                json.WriteNumber("sigma", from.Second);
                break;
            default:
                json.WriteString("shape", "uniform");
                json.WriteNumber("min", from.First / 1e3);
                json.WriteNumber("max", from.Second / 1e3);
                break;
        }
        json.WriteEndObject();
    }

    private long Microseconds(long ns)
    {
        long whole = ns / TimeText.Microsecond;
        long rest = ns - whole * TimeText.Microsecond;
        if (rest == 0)
        {
            return whole;
        }
        RoundedTimes++;
        bool up = rest > HalfMicrosecond || (rest == HalfMicrosecond && (whole & 1) == 1);
        return up ? whole + 1 : whole;
    }
}
