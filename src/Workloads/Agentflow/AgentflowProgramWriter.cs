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
        json.WriteStartObject("programs");
        foreach (AgentflowProgram program in programs)
        {
            json.WriteStartObject(program.Class);
            json.WriteStartArray("stages");
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
        json.WriteString("name", stage.Name);
        json.WriteString("kind", AgentflowJson.Name(stage.Kind));
        values.Text("model", stage.Model);
        values.Number("prompt", stage.PromptTokens);
        values.Number("out", stage.OutputTokens);
        values.Time("time", stage.TimeNs);
        values.Number("visits", stage.MostVisits);
        if (stage.Next.Count > 0)
        {
            json.WriteStartArray("next");
            foreach (AgentflowBranch branch in stage.Next)
            {
                json.WriteStartObject();
                json.WriteString("stage", branch.Stage);
                json.WriteNumber("prior", branch.Prior);
                values.Texts("is", branch.Outcomes);
                values.Number("count", branch.Count == 1 ? null : branch.Count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
