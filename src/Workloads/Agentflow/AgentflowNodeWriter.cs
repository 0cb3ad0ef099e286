using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Writes what <see cref="AgentflowNodeParser"/> reads.</summary>
internal sealed class AgentflowNodeWriter(Utf8JsonWriter json, AgentflowJson values)
{
    public void Write(AgentflowNode node, int number)
    {
        json.WriteStartObject();
        json.WriteNumber("n"u8, number);
        json.WriteString("kind"u8, AgentflowJson.Name(node.Kind));
        values.Text("agent"u8, node.Agent);
        values.Text("stage"u8, node.Stage);
        values.Text("name"u8, node.Name);
        values.Text("model"u8, node.Model);
        WriteEdges(node);
        if (node.Kind == NodeKind.Llm)
        {
            WriteCall(node);
        }
        else
        {
            WritePause(node);
        }
        values.Text("outcome"u8, node.Outcome);
        values.Time("timeout"u8, node.TimeoutNs);
        values.Number("retry"u8, node.Retry);
        values.Slo(node.Slo);
        WriteAlternatives(node.Alternatives);
        WriteGuess(node.Guess);
        WriteObserved(node.Observed);
        json.WriteEndObject();
    }

    private void WriteEdges(AgentflowNode node)
    {
        json.WriteStartArray("deps"u8);
        foreach (int dep in node.Deps)
        {
            json.WriteNumberValue(dep);
        }
        json.WriteEndArray();
        if (node.AfterStart.Count > 0)
        {
            json.WriteStartArray("after_start"u8);
            foreach (AgentflowStart start in node.AfterStart)
            {
                json.WriteStartObject();
                json.WriteNumber("node"u8, start.Node);
                values.Time("delay"u8, start.DelayNs == 0 ? null : start.DelayNs);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        values.Time("delay"u8, node.DelayNs == 0 ? null : node.DelayNs);
        values.Time("at"u8, node.AtNs);
        if (node.When.Count > 0)
        {
            json.WriteStartArray("when"u8);
            foreach (AgentflowGuard guard in node.When)
            {
                json.WriteStartObject();
                json.WriteNumber("node"u8, guard.Node);
                values.Texts("is"u8, guard.Outcomes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    private void WriteCall(AgentflowNode node)
    {
        if (node.Prompt is not null)
        {
            values.Segments("prompt"u8, node.Prompt);
        }
        values.Number("base"u8, node.Base);
        values.Number("keep"u8, node.Keep);
        if (node.Add.Count > 0)
        {
            values.Segments("add"u8, node.Add);
        }
        json.WriteNumber("out"u8, node.Out);
        values.Number("reason"u8, node.Reason == 0 ? null : node.Reason);
        values.Number("max_tokens"u8, node.MaxTokens);
        if (node.Streamed is bool streamed)
        {
            json.WriteBoolean("stream"u8, streamed);
        }
        values.Text("stop"u8, node.Stop);
        if (node.Emits.Count > 0)
        {
            json.WriteStartArray("emits"u8);
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
        values.Text("args"u8, node.Args);
        values.Effect(node.Effect);
        values.Time("dur"u8, node.DurationNs);
        values.Distribution(node.Distribution);
        values.Number(node.Kind == NodeKind.Tool ? "result"u8 : "tokens"u8, node.Kind == NodeKind.Tool || node.Result > 0 ? node.Result : null);
        values.TextOrBool("err"u8, node.Error);
        if (node.Background)
        {
            json.WriteBoolean("background"u8, true);
        }
        AgentflowToolRuns.Write(json, node.Run);
        if (node.Resources is { } limits)
        {
            json.WriteStartObject("res"u8);
            if (limits.Cpu is decimal cpu)
            {
                json.WriteNumber("cpu"u8, cpu);
            }
            values.Number("mem"u8, limits.MemoryMb);
            values.Text("pool"u8, limits.Pool);
            json.WriteEndObject();
        }
    }

    private void WriteAlternatives(IReadOnlyList<AgentflowAlternative> alternatives)
    {
        if (alternatives.Count == 0)
        {
            return;
        }
        json.WriteStartArray("alt"u8);
        foreach (AgentflowAlternative other in alternatives)
        {
            json.WriteStartObject();
            values.Text("model"u8, other.Model);
            values.Number("budget"u8, other.Budget);
            values.Number("out"u8, other.Out);
            values.Number("reason"u8, other.Reason);
            values.Time("time"u8, other.TimeNs);
            values.Text("outcome"u8, other.Outcome);
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
        json.WriteStartObject("guess"u8);
        values.Text("is"u8, guess.Value);
        json.WriteBoolean("right"u8, guess.Right);
        values.Number("tokens"u8, guess.Tokens);
        json.WriteEndObject();
    }

    private void WriteObserved(AgentflowObserved? observed)
    {
        if (observed is null)
        {
            return;
        }
        json.WriteStartObject("obs"u8);
        values.Time("start"u8, observed.StartNs);
        values.Time("ttft"u8, observed.TtftNs);
        values.Time("e2e"u8, observed.E2eNs);
        values.Time("prefill"u8, observed.PrefillNs);
        values.Time("decode"u8, observed.DecodeNs);
        values.Time("queue"u8, observed.QueueNs);
        values.Number("cached"u8, observed.CachedTokens);
        json.WriteEndObject();
    }
}
