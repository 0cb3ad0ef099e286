namespace Cortex.Workloads;

/// <summary>What a tool really does where a play runs tools instead of waiting as long as they took.</summary>
public abstract record ToolRun
{
    private ToolRun()
    {
    }

    /// <summary>Asks a database of the trace.</summary>
    /// <param name="Database">Its name in <see cref="Workload.Databases"/>.</param>
    /// <param name="Text">The query, as an agent wrote it: it may be wrong.</param>
    public sealed record Sql(string Database, string Text) : ToolRun;

    /// <summary>Asks a server of this machine.</summary>
    /// <param name="Method">Such as <c>GET</c>.</param>
    /// <param name="Url">Where.</param>
    /// <param name="Body">What is sent, as JSON; null for nothing.</param>
    public sealed record Http(string Method, string Url, string? Body) : ToolRun;
}
