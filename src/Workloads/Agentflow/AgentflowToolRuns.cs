using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Reads and writes what tools really do: <c>run</c> of a node, <c>databases</c> of the header.</summary>
internal static class AgentflowToolRuns
{
    private const string Shapes = """{"sql": …, "database": …} or {"http": URL, "method": …, "body": …}""";

    public static ToolRun Read(ref JsonCursor json)
    {
        string? sql = null, database = null, url = null, method = null, body = null;
        json.BeginObject("run");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "sql": sql = json.ReadString("sql of run"); break;
                case "database": database = json.ReadString("database of run"); break;
                case "http": url = json.ReadString("http of run"); break;
                case "method": method = json.ReadString("method of run"); break;
                case "body": body = json.ReadString("body of run"); break;
                default: throw json.UnknownKey("run", "sql", "database", "http", "method", "body");
            }
        }
        return (sql, database, url) switch
        {
            (not null, not null, null) when method is null && body is null => new ToolRun.Sql(database, sql),
            (null, null, not null) => new ToolRun.Http(method ?? "GET", url, body),
            _ => throw json.Fault("run is neither a query nor a request", Shapes),
        };
    }

    /// <summary>The scripts that make the databases, by name.</summary>
    public static void ReadDatabases(ref JsonCursor json, List<TraceDatabase> databases)
    {
        json.BeginObject("databases");
        while (json.NextKey())
        {
            databases.Add(new(json.Key(), json.ReadString("a database")));
        }
    }

    public static void Write(Utf8JsonWriter json, ToolRun? run)
    {
        if (run is null)
        {
            return;
        }
        json.WriteStartObject("run");
        if (run is ToolRun.Sql query)
        {
            json.WriteString("database", query.Database);
            json.WriteString("sql", query.Text);
        }
        else if (run is ToolRun.Http request)
        {
            json.WriteString("http", request.Url);
            json.WriteString("method", request.Method);
            if (request.Body is not null)
            {
                json.WriteString("body", request.Body);
            }
        }
        json.WriteEndObject();
    }

    public static void WriteDatabases(Utf8JsonWriter json, IReadOnlyList<TraceDatabase> databases)
    {
        if (databases.Count == 0)
        {
            return;
        }
        json.WriteStartObject("databases");
        foreach (TraceDatabase database in databases)
        {
            json.WriteString(database.Name, database.Script);
        }
        json.WriteEndObject();
    }
}
