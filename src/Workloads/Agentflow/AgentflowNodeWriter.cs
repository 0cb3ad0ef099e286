using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Writes what <see cref="AgentflowNodeParser"/> reads.</summary>
internal sealed class AgentflowNodeWriter(Utf8JsonWriter json, AgentflowJson values)
{
    public void Write(AgentflowNode node, int number)
    {
        json.WriteStartObject();
        json.WriteNumber("n", number);
        json.WriteString("kind", AgentflowJson.Name(node.Kind));
        values.Text("agent", node.Agent);
        values.Text("stage", node.Stage);
        values.Text("name", node.Name);
        values.Text("model", node.Model);
        WriteEdges(node);
        if (node.Kind == NodeKind.Llm)
        {
            WriteCall(node);
        }
        else
        {
            WritePause(node);
        }
        values.Text("outcome", node.Outcome);
        values.Time("timeout", node.TimeoutNs);
        values.Number("retry", node.Retry);
        values.Slo(node.Slo);
        WriteAlternatives(node.Alternatives);
        WriteGuess(node.Guess);
        WriteObserved(node.Observed);
        json.WriteEndObject();
    }

    private void WriteEdges(AgentflowNode node)
    {
        json.WriteStartArray("deps");
        foreach (int dep in node.Deps)
        {
            json.WriteNumberValue(dep);
        }
        json.WriteEndArray();
        if (node.AfterStart.Count > 0)
        {
            json.WriteStartArray("after_start");
            foreach (AgentflowStart start in node.AfterStart)
            {
                json.WriteStartObject();
                json.WriteNumber("node", start.Node);
                values.Time("delay", start.DelayNs == 0 ? null : start.DelayNs);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        values.Time("delay", node.DelayNs == 0 ? null : node.DelayNs);
        values.Time("at", node.AtNs);
        if (node.When.Count > 0)
        {
            json.WriteStartArray("when");
            foreach (AgentflowGuard guard in node.When)
            {
                json.WriteStartObject();
                json.WriteNumber("node", guard.Node);
                values.Texts("is", guard.Outcomes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    private void WriteCall(AgentflowNode node)
    {
        if (node.Prompt is not null)
        {
            values.Segments("prompt", node.Prompt);
        }
        values.Number("base", node.Base);
        values.Number("keep", node.Keep);
        if (node.Add.Count > 0)
        {
            values.Segments("add", node.Add);
        }
        json.WriteNumber("out", node.Out);
        values.Number("reason", node.Reason == 0 ? null : node.Reason);
        values.Number("max_tokens", node.MaxTokens);
        if (node.Streamed is bool streamed)
        {
            json.WriteBoolean("stream", streamed);
        }
        values.Text("stop", node.Stop);
        if (node.Emits.Count > 0)
        {
            json.WriteStartArray("emits");
            foreach (AgentflowEmission emission in node.Emits)
            {
                json.WriteStartArray();
                json.WriteNumberValue(emission.Tool);
                json.WriteNumberValue(emission.AfterToken);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
    }

    private void WritePause(AgentflowNode node)
    {
        values.Text("args", node.Args);
        values.Effect(node.Effect);
        values.Time("dur", node.DurationNs);
        values.Distribution(node.Distribution);
        values.Number(node.Kind == NodeKind.Tool ? "result" : "tokens", node.Kind == NodeKind.Tool || node.Result > 0 ? node.Result : null);
        values.TextOrBool("err", node.Error);
        if (node.Background)
        {
            json.WriteBoolean("background", true);
        }
        AgentflowToolRuns.Write(json, node.Run);
        if (node.Resources is { } limits)
        {
            json.WriteStartObject("res");
            if (limits.Cpu is decimal cpu)
            {
                json.WriteNumber("cpu", cpu);
            }
            values.Number("mem", limits.MemoryMb);
            values.Text("pool", limits.Pool);
            json.WriteEndObject();
        }
    }

    private void WriteAlternatives(IReadOnlyList<AgentflowAlternative> alternatives)
    {
        if (alternatives.Count == 0)
        {
            return;
        }
        json.WriteStartArray("alt");
        foreach (AgentflowAlternative other in alternatives)
        {
            json.WriteStartObject();
            values.Text("model", other.Model);
            values.Number("budget", other.Budget);
            values.Number("out", other.Out);
            values.Number("reason", other.Reason);
            values.Time("time", other.TimeNs);
            values.Text("outcome", other.Outcome);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteGuess(AgentflowGuess? guess)
    {
        if (guess is null)
        {
            return;
        }
        json.WriteStartObject("guess");
        values.Text("is", guess.Value);
        json.WriteBoolean("right", guess.Right);
        values.Number("tokens", guess.Tokens);
        json.WriteEndObject();
    }

    private void WriteObserved(AgentflowObserved? observed)
    {
        if (observed is null)
        {
            return;
        }
        json.WriteStartObject("obs");
        values.Time("start", observed.StartNs);
        values.Time("ttft", observed.TtftNs);
        values.Time("e2e", observed.E2eNs);
        values.Time("prefill", observed.PrefillNs);
        values.Time("decode", observed.DecodeNs);
        values.Time("queue", observed.QueueNs);
        values.Number("cached", observed.CachedTokens);
        json.WriteEndObject();
    }
}
