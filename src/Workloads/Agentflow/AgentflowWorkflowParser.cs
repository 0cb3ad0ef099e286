namespace Cortex.Workloads;

/// <summary>Reads a workflow from its line.</summary>
internal sealed class AgentflowWorkflowParser
{
    private static readonly string[] Keys = ["id", "play", "arrival", "tenant", "class", "priority", "slo", "success", "nodes"];

    private readonly AgentflowNodeParser nodes = new();

    /// <summary>Reads the line that the cursor stands before.</summary>
    /// <exception cref="TraceException">A key, a type or a value that the format does not have.</exception>
    public AgentflowWorkflow Read(ref JsonCursor json)
    {
        AgentflowWorkflow workflow = new() { Line = json.Line };
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "id": workflow.Id = json.ReadScalar("id"); break;
                case "play": workflow.Play = json.ReadScalar("play"); break;
                case "arrival": workflow.ArrivalNs = json.ReadTimeOrNull("arrival", TimeText.Microsecond); break;
                case "tenant": workflow.Tenant = json.ReadScalar("tenant"); break;
                case "class": workflow.Class = json.ReadStringOrNull("class"); break;
                case "priority": workflow.Priority = json.ReadInt("priority", least: int.MinValue); break;
                case "slo": workflow.Slo = AgentflowValues.ReadSlo(ref json); break;
                case "success": workflow.Success = json.ReadBoolOrNull("success"); break;
                case "nodes":
                    json.BeginList("nodes");
                    while (json.NextElement())
                    {
                        workflow.Nodes.Add(nodes.Read(ref json, workflow.Nodes.Count));
                    }
                    break;
                default: throw json.UnknownKey("a workflow", Keys);
            }
        }
        json.End();
        return workflow.Nodes.Count > 0 ? workflow : throw json.Fault("nodes is missing or empty", "at least one node");
    }
}
