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

    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary><c>true</c> and <c>false</c> without quotes.</summary>
    public void TextOrBool(ReadOnlySpan<byte> name, string? value)
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

    public void Number(ReadOnlySpan<byte> name, int? value)
    {
        if (value is int number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>Nanoseconds, written as microseconds.</summary>
    public void Time(ReadOnlySpan<byte> name, long? ns)
    {
        if (ns is long time)
        {
            json.WriteNumber(name, Microseconds(time));
        }
    }

    public void TimeOrNull(ReadOnlySpan<byte> name, long? ns)
    {
        if (ns is null)
        {
            json.WriteNull(name);
        }
        Time(name, ns);
    }

    public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
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

    public void Segments(ReadOnlySpan<byte> name, IReadOnlyList<AgentflowSegment> segments)
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
        json.WriteStartObject("slo"u8);
        Time("ttft"u8, slo.TtftNs);
        Time("tpot"u8, slo.TpotNs);
        Time("e2e"u8, slo.E2eNs);
        json.WriteEndObject();
    }

    public void Effect(ToolEffect? effect) => Text("effect"u8, effect switch
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
            json.WriteString("dist"u8, from.Name);
            return;
        }
        json.WriteStartObject("dist"u8);
        switch (from.Shape)
        {
            case TimeShape.Exponential:
                json.WriteString("shape"u8, "exponential");
                json.WriteNumber("mean"u8, from.First / 1e3);
                break;
            case TimeShape.LogNormal:
                json.WriteString("shape"u8, "lognormal");
                json.WriteNumber("median"u8, from.First / 1e3);
                json.WriteNumber("sigma"u8, from.Second);
                break;
            default:
                json.WriteString("shape"u8, "uniform");
                json.WriteNumber("min"u8, from.First / 1e3);
                json.WriteNumber("max"u8, from.Second / 1e3);
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
