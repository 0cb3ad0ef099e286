using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Writes what <see cref="AgentflowProgramParser"/> reads.</summary>
internal static class AgentflowProgramWriter
{
    public static void Write(Utf8JsonWriter json, AgentflowJson values, IReadOnlyList<AgentflowProgram> programs)
    {
        if (programs.Count == 0)
        {
            return;
        }
        json.WriteStartObject("programs"u8);
        foreach (AgentflowProgram program in programs)
        {
            json.WriteStartObject(program.Class);
            json.WriteStartArray("stages"u8);
            foreach (AgentflowStage stage in program.Stages)
            {
                WriteStage(json, values, stage);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, AgentflowJson values, AgentflowStage stage)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, stage.Name);
        json.WriteString("kind"u8, AgentflowJson.Name(stage.Kind));
        values.Text("model"u8, stage.Model);
        values.Number("prompt"u8, stage.PromptTokens);
        values.Number("out"u8, stage.OutputTokens);
        values.Time("time"u8, stage.TimeNs);
        values.Number("visits"u8, stage.MostVisits);
        if (stage.Next.Count > 0)
        {
            json.WriteStartArray("next"u8);
            foreach (AgentflowBranch branch in stage.Next)
            {
                json.WriteStartObject();
                json.WriteString("stage"u8, branch.Stage);
                json.WriteNumber("prior"u8, branch.Prior);
                values.Texts("is"u8, branch.Outcomes);
                values.Number("count"u8, branch.Count == 1 ? null : branch.Count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
