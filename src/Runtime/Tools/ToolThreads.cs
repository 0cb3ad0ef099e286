using Cortex.Workloads;

namespace Cortex.Runtime.Tools;

/// <summary>Runs tools, each on a thread of its own, and posts how they came out. Their number has no limit.</summary>
internal sealed class ToolThreads(ToolBox box, Mailbox mailbox) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly CountdownEvent running = new(1);

    public void Start(int tag, ToolRun run)
    {
        running.AddCount();
        Thread thread = new(() =>
        {
            try
            {
                mailbox.Add(new(tag, Tool: box.Run(run, stop.Token)));
            }
            finally
            {
                running.Signal();
            }
        })
        { IsBackground = true, Name = FormattableString.Invariant($"tool {tag}") };
        try
        {
            thread.Start();
        }
        catch
        {
            // The system has no thread more to give: the run ends, and its end must not wait for this tool.
            running.Signal();
            throw;
        }
    }

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        stop.Cancel();
        running.Signal();
        running.Wait();
        running.Dispose();
        stop.Dispose();
    }
}
