using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Writes agentflow lines. Times in microseconds, lengths in tokens.</summary>
internal sealed class AgentflowWriter(Stream output) : IDisposable
{
    private readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private int nodes;

    /// <summary>A stretch of a prompt.</summary>
    public readonly record struct Piece(string Stream, int Offset, int Length);

    public void Header(string source, string notes, IEnumerable<(string Name, int Tokens)> streams)
    {
        json.WriteStartObject();
        json.WriteString("format", "agentflow");
        json.WriteNumber("version", 1);
        json.WriteString("replay", "open");
        json.WriteString("source", source);
        json.WriteString("notes", notes);
        json.WriteStartObject("streams");
        foreach ((string name, int tokens) in streams)
        {
            json.WriteStartObject(name);
            json.WriteNumber("tokens", tokens);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        EndLine();
    }

    public void BeginWorkflow(string id, long arrivalUs, string @class)
    {
        nodes = 0;
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteNumber("arrival", arrivalUs);
        json.WriteString("class", @class);
        json.WriteStartArray("nodes");
    }

    public void EndWorkflow()
    {
        json.WriteEndArray();
        EndLine();
    }

    /// <summary>A call; <paramref name="after"/> is the node it waits for, −1 for none. Returns its number.</summary>
    public int Call(string stage, int after, int? unlessOk, ReadOnlySpan<Piece> prompt, int output, int maxTokens)
    {
        BeginNode("llm", stage, after, unlessOk);
        json.WriteStartArray("prompt");
        WritePieces(prompt);
        EndCall(output, maxTokens);
        return nodes++;
    }

    /// <summary>A call whose prompt is that of call <paramref name="baseCall"/>, then its output, then <paramref name="added"/>.</summary>
    public int Continuation(string stage, int after, int? unlessOk, int baseCall, Piece added, int output, int maxTokens)
    {
        BeginNode("llm", stage, after, unlessOk);
        json.WriteNumber("base", baseCall);
        json.WriteStartArray("add");
        WritePieces([added]);
        EndCall(output, maxTokens);
        return nodes++;
    }

    public int Tool(string stage, int after, int? unlessOk, long durationUs, int result, string outcome)
    {
        BeginNode("tool", stage, after, unlessOk);
        json.WriteNumber("dur", durationUs);
        json.WriteNumber("result", result);
        json.WriteString("outcome", outcome);
        json.WriteEndObject();
        return nodes++;
    }

    public void Dispose() => json.Dispose();

    /// <param name="unlessOk">The node runs only if this earlier one came out as <c>error</c> or <c>empty</c>.</param>
    private void BeginNode(string kind, string stage, int after, int? unlessOk)
    {
        json.WriteStartObject();
        json.WriteNumber("n", nodes);
        json.WriteString("kind", kind);
        json.WriteString("stage", stage);
        json.WriteStartArray("deps");
        if (after >= 0)
        {
            json.WriteNumberValue(after);
        }
        json.WriteEndArray();
        if (unlessOk is int guard)
        {
            json.WriteStartArray("when");
            json.WriteStartObject();
            json.WriteNumber("node", guard);
            json.WriteStartArray("is");
            json.WriteStringValue("error");
            json.WriteStringValue("empty");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private void EndCall(int output, int maxTokens)
    {
        json.WriteEndArray();
        json.WriteNumber("out", output);
        json.WriteNumber("max_tokens", maxTokens);
        json.WriteEndObject();
    }

    private void WritePieces(ReadOnlySpan<Piece> pieces)
    {
        foreach (Piece piece in pieces)
        {
            json.WriteStartArray();
            json.WriteStringValue(piece.Stream);
            json.WriteNumberValue(piece.Offset);
            json.WriteNumberValue(piece.Length);
            json.WriteEndArray();
        }
    }

    private void EndLine()
    {
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
        json.Reset();
    }
}
