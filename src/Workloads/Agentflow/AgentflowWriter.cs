using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>
/// Writes agentflow line by line; the same objects give the same bytes. The format's unit of time is a microsecond: times that are not
/// whole are rounded, half to even, and counted.
/// </summary>
public sealed class AgentflowWriter : IDisposable
{
    private readonly Stream output;
    private readonly Utf8JsonWriter json;
    private readonly AgentflowNodeWriter nodes;
    private readonly AgentflowJson values;

    /// <param name="output">Where the lines go; left open.</param>
    public AgentflowWriter(Stream output)
    {
        this.output = output;
        json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        values = new(json);
        nodes = new(json, values);
    }

    /// <summary>How many times so far were not whole microseconds.</summary>
    public long RoundedTimes => values.RoundedTimes;

    /// <summary>Writes the header, the first line.</summary>
    public void Write(AgentflowHeader header)
    {
        json.WriteStartObject();
        json.WriteString("format"u8, "agentflow");
        json.WriteNumber("version"u8, 1);
        json.WriteString("replay"u8, header.Closed ? "closed" : "open");
        values.Text("source"u8, header.Source);
        values.Text("licence"u8, header.Licence);
        values.Text("tokenizer"u8, header.Tokenizer);
        if (header.NativeBlock > 0)
        {
            json.WriteNumber("native_block"u8, header.NativeBlock);
        }
        values.Text("notes"u8, header.Notes);
        if (header.Models is JsonElement models)
        {
            json.WritePropertyName("models"u8);
            models.WriteTo(json);
        }
        WriteTools(header.Tools);
        AgentflowToolRuns.WriteDatabases(json, header.Databases);
        WriteStreams(header.Streams);
        AgentflowProgramWriter.Write(json, values, header.Programs);
        EndLine();
    }

    /// <summary>Writes a workflow, a line.</summary>
    public void Write(AgentflowWorkflow workflow)
    {
        json.WriteStartObject();
        values.Text("id"u8, workflow.Id);
        values.Text("play"u8, workflow.Play);
        values.TimeOrNull("arrival"u8, workflow.ArrivalNs);
        values.Text("tenant"u8, workflow.Tenant);
        values.Text("class"u8, workflow.Class);
        if (workflow.Priority != 0)
        {
            json.WriteNumber("priority"u8, workflow.Priority);
        }
        values.Slo(workflow.Slo);
        if (workflow.Success is bool success)
        {
            json.WriteBoolean("success"u8, success);
        }
        json.WriteStartArray("nodes"u8);
        for (int n = 0; n < workflow.Nodes.Count; n++)
        {
            nodes.Write(workflow.Nodes[n], n);
        }
        json.WriteEndArray();
        EndLine();
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();

    private void WriteTools(IReadOnlyList<AgentflowTool> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }
        json.WriteStartArray("tools"u8);
        foreach (AgentflowTool tool in tools)
        {
            if (tool is { Time: null, Effect: null })
            {
                json.WriteStringValue(tool.Name);
                continue;
            }
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            values.Distribution(tool.Time);
            values.Effect(tool.Effect);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteStreams(IReadOnlyList<AgentflowStream> streams)
    {
        if (streams.Count == 0)
        {
            return;
        }
        json.WriteStartObject("streams"u8);
        foreach (AgentflowStream stream in streams)
        {
            json.WriteStartObject(stream.Name);
            values.Number("tokens"u8, stream.Tokens);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void EndLine()
    {
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
        json.Reset();
    }
}
