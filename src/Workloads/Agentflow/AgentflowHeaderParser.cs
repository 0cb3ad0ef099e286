using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Reads the header of an agentflow trace.</summary>
internal static class AgentflowHeaderParser
{
    private const int Version = 1;

    private static readonly string[] Keys =
        ["format", "version", "replay", "source", "licence", "tokenizer", "native_block", "streams", "models", "tools", "databases", "notes", "programs"];

    /// <summary>Reads the line that the cursor stands before.</summary>
    /// <exception cref="TraceException">It is no header of this version.</exception>
    public static AgentflowHeader Read(ref JsonCursor json)
    {
        string? replay = null, source = null, licence = null, tokenizer = null, notes = null;
        int version = 0, block = 0;
        List<AgentflowStream> streams = [];
        List<AgentflowTool> tools = [];
        List<AgentflowProgram> programs = [];
        List<TraceDatabase> databases = [];
        JsonElement? models = null;
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "format":
                    string format = json.ReadString("format");
                    if (format != "agentflow")
                    {
                        throw json.Fault($"format is '{format}'", "agentflow");
                    }
                    break;
                case "version":
                    version = json.ReadInt("version", least: 1);
                    // At once: what stands behind it may be of another version.
                    if (version != Version)
                    {
                        throw json.Fault($"version is {version}", $"{Version}");
                    }
                    break;
                case "replay": replay = json.ReadString("replay"); break;
                case "source": source = json.ReadStringOrNull("source"); break;
                case "licence": licence = json.ReadStringOrNull("licence"); break;
                case "tokenizer": tokenizer = json.ReadStringOrNull("tokenizer"); break;
                case "native_block": block = json.ReadInt("native_block", least: 1); break;
                case "streams": ReadStreams(ref json, streams); break;
                case "models": models = json.ReadAny(); break;
                case "tools": ReadTools(ref json, tools); break;
                case "databases": AgentflowToolRuns.ReadDatabases(ref json, databases); break;
                case "notes": notes = json.ReadStringOrNull("notes"); break;
                case "programs": AgentflowProgramParser.Read(ref json, programs); break;
                default: throw json.UnknownKey("the header", Keys);
            }
        }
        json.End();
        if (version == 0)
        {
            throw json.Fault("version is missing", $"{Version}");
        }
        bool closed = replay switch
        {
            "closed" => true,
            "open" => false,
            _ => throw json.Fault($"replay is {(replay is null ? "missing" : $"'{replay}'")}", "closed, open"),
        };
        return new()
        {
            Closed = closed, Source = source, Licence = licence, Tokenizer = tokenizer, NativeBlock = block, Streams = streams, Models = models,
            Tools = tools, Databases = databases, Notes = notes, Programs = programs,
        };
    }

    private static void ReadStreams(ref JsonCursor json, List<AgentflowStream> streams)
    {
        json.BeginObject("streams");
        while (json.NextKey())
        {
            string name = json.Key();
            int? tokens = null;
            json.BeginObject("a stream of the header");
            while (json.NextKey())
            {
                if (!json.KeyIs("tokens"u8))
                {
                    throw json.UnknownKey("a stream of the header", "tokens");
                }
                tokens = json.ReadInt("tokens", least: 1);
            }
            streams.Add(new(name, tokens));
        }
    }

    /// <summary>A tool is a name, or an object with its name and what is declared of it.</summary>
    private static void ReadTools(ref JsonCursor json, List<AgentflowTool> tools)
    {
        json.BeginList("tools");
        while (json.NextElement())
        {
            if (json.IsText())
            {
                tools.Add(new(json.ReadString("a tool")));
                continue;
            }
            string? name = null;
            AgentflowDistribution? time = null;
            ToolEffect? effect = null;
            json.BeginObject("a tool");
            while (json.NextKey())
            {
                switch (json.Key())
                {
                    case "name": name = json.ReadString("name of a tool"); break;
                    case "dist": time = AgentflowValues.ReadDistribution(ref json); break;
                    case "effect": effect = AgentflowValues.ReadEffect(ref json); break;
                    default: throw json.UnknownKey("a tool of the header", "name", "dist", "effect");
                }
            }
            if (name is null || time?.Name is not null)
            {
                throw json.Fault(name is null ? "a tool has no name" : $"dist of tool '{name}' is the text '{time!.Name}'", """{"name": …, "dist": {"shape": …}}""");
            }
            tools.Add(new(name, time, effect));
        }
    }
}
