namespace Cortex.Workloads;

/// <summary>
/// Reads the declared programs of a header: <c>{CLASS: {"stages": [{"name", "kind", "model", "prompt", "out", "time", "visits",
/// "next": [{"stage", "prior", "is": [outcomes], "count"}]}]}}</c>, times in microseconds.
/// </summary>
internal static class AgentflowProgramParser
{
    /// <exception cref="TraceException">A stage without name or kind, a second one of its name, or a branch to none of the stages.</exception>
    public static void Read(ref JsonCursor json, List<AgentflowProgram> programs)
    {
        json.BeginObject("programs");
        while (json.NextKey())
        {
            string @class = json.Key();
            List<AgentflowStage> stages = [];
            json.BeginObject("a program");
            while (json.NextKey())
            {
                if (!json.KeyIs("stages"u8))
                {
                    throw json.UnknownKey("a program", "stages");
                }
                json.BeginList("stages");
                while (json.NextElement())
                {
                    stages.Add(ReadStage(ref json));
                }
            }
            Check(@class, stages, json);
            programs.Add(new(@class, stages));
        }
    }

    private static AgentflowStage ReadStage(ref JsonCursor json)
    {
        string? name = null, model = null;
        NodeKind? kind = null;
        int? prompt = null, output = null, visits = null;
        long? time = null;
        List<AgentflowBranch> next = [];
        json.BeginObject("a stage");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "name": name = json.ReadString("name of a stage"); break;
                case "kind": kind = AgentflowValues.ReadKind(ref json); break;
                case "model": model = json.ReadString("model"); break;
                case "prompt": prompt = json.ReadInt("prompt of a stage", least: 0); break;
                case "out": output = json.ReadInt("out of a stage", least: 0); break;
                case "time": time = json.ReadTime("time of a stage", TimeText.Microsecond); break;
                case "visits": visits = json.ReadInt("visits", least: 1); break;
                case "next": ReadBranches(ref json, next); break;
                default: throw json.UnknownKey("a stage", "name", "kind", "model", "prompt", "out", "time", "visits", "next");
            }
        }
        if (name is null || kind is null)
        {
            throw json.Fault("a stage lacks name or kind", """{"name": …, "kind": "llm" | "tool" | "human", …}""");
        }
        return new() { Name = name, Kind = kind.Value, Model = model, PromptTokens = prompt, OutputTokens = output, TimeNs = time, MostVisits = visits, Next = next };
    }

    private static void ReadBranches(ref JsonCursor json, List<AgentflowBranch> next)
    {
        json.BeginList("next");
        while (json.NextElement())
        {
            string? stage = null;
            double prior = -1;
            int count = 1;
            IReadOnlyList<string> outcomes = [];
            json.BeginObject("a branch");
            while (json.NextKey())
            {
                switch (json.Key())
                {
                    case "stage": stage = json.ReadString("stage of a branch"); break;
                    case "prior": prior = (double)json.ReadNumber("prior", 0, 1); break;
                    case "is": outcomes = AgentflowValues.ReadTexts(ref json, "is"); break;
                    case "count": count = json.ReadInt("count", least: 1); break;
                    default: throw json.UnknownKey("a branch", "stage", "prior", "is", "count");
                }
            }
            next.Add(stage is not null && prior >= 0 ? new(stage, prior, outcomes, count) : throw json.Fault("a branch lacks stage or prior", """{"stage": …, "prior": 0 to 1}"""));
        }
    }

    private static void Check(string @class, List<AgentflowStage> stages, in JsonCursor json)
    {
        HashSet<string> names = [];
        foreach (AgentflowStage stage in stages)
        {
            if (!names.Add(stage.Name))
            {
                throw json.Fault($"program '{@class}' has two stages '{stage.Name}'", "each name once");
            }
        }
        foreach (AgentflowBranch branch in stages.SelectMany(stage => stage.Next))
        {
            if (!names.Contains(branch.Stage))
            {
                throw json.Fault($"program '{@class}' branches to '{branch.Stage}'", $"one of its stages: {string.Join(", ", stages.Select(stage => stage.Name))}");
            }
        }
    }
}
