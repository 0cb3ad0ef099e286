using Cortex.Workloads;

namespace Cortex.Runtime.Tools;

/// <summary>
/// The tools that a play may run, each within its limits and its sandbox: queries on the trace's databases, which lie in memory and are only read, and
/// requests to servers of this machine. A tool that fails says so; it never throws. Any number may run at once.
/// </summary>
public sealed class ToolBox : IDisposable
{
    private readonly SortedDictionary<string, SqlTool> databases = new(StringComparer.Ordinal);
    private readonly HttpTool http;
    private readonly ToolLimits limits;

    /// <param name="trace">Whose databases can be asked.</param>
    /// <param name="limits">What each run may take.</param>
    /// <exception cref="TraceException">The script of a database does not make one.</exception>
    public ToolBox(ITrace trace, ToolLimits limits)
    {
        this.limits = limits;
        http = new(limits);
        foreach (TraceDatabase database in trace.Databases)
        {
            databases.Add(database.Name, SqlTool.Create(trace.Source, database, limits));
        }
    }

    /// <summary>Runs a tool to its end.</summary>
    /// <param name="run">What to do.</param>
    /// <param name="cancellation">Nobody waits for it any more.</param>
    public ToolResult Run(ToolRun run, CancellationToken cancellation)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limits.Time);
        try
        {
            return run switch
            {
                ToolRun.Sql query => databases[query.Database].Run(query.Text, time.Token),
                ToolRun.Http request => http.Run(request, time.Token),
                _ => throw new NotSupportedException($"no tool does {run.GetType().Name}"),
            };
        }
        catch (OperationCanceledException)
        {
            return new(ToolResult.Timeout, FormattableString.Invariant($"ended after {limits.Time.TotalSeconds} s"), Failed: true);
        }
        catch (Exception fault)
        {
            return new(ToolResult.Error, fault.Message.ReplaceLineEndings(" "), Failed: true);
        }
    }

    /// <summary>Forgets the databases; no tool may be running.</summary>
    public void Dispose()
    {
        foreach (SqlTool database in databases.Values)
        {
            database.Dispose();
        }
        http.Dispose();
    }
}
