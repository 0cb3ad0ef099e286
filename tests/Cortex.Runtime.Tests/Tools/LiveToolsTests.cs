using System.Net;
using System.Net.Sockets;
using Cortex.Policies;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Tools;
using Cortex.Serving;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Cortex.Testing;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Runtime.Tests.Tools;

/// <summary>Workflows whose tools are really run.</summary>
public sealed class LiveToolsTests
{
    private const string Fixes = """
        {"n":0,"kind":"tool","dur":0,"outcome":"OUTCOME","run":{"database":"db","sql":"SQL"}},
        {"n":1,"kind":"llm","deps":[0],"when":[{"node":0,"is":["error"]}],"prompt":[["g:fix",0,20]],"out":3},
        {"n":2,"kind":"llm","deps":[0],"when":[{"node":0,"is":["ok"]}],"prompt":[["g:answer",0,30]],"out":4},
        {"n":3,"kind":"tool","dur":1000,"deps":[1,2]}
        """;

    [Fact]
    public void The_bundled_workflows_run_whole_and_come_out_as_their_trace_says()
    {
        Workload workload = TraceFile.Load(Path.Combine(Shared.Solution, "traces", "nl2sql-tools.jsonl"));
        using ToolBox tools = new(workload, new());
        LiveResult run = (Case(workload, tools) with { Engines = 2, Routing = "session-sticky" }).Run();
        Assert.Null(run.Fault);
        RunCounts counts = run.Metrics.Totals;
        Assert.Equal((24, 24), (counts.Workflows, counts.WorkflowsEnded));
        Assert.Equal(counts.Calls, counts.Finished);
        Assert.Equal(0, run.Live.Tools.Otherwise);
        // By kind: 12 are right at once, 4 are wrong once, 4 are empty once, 4 are wrong and then empty.
        Assert.Equal([("empty", 8L), ("error", 8L), ("ok", 24L)], run.Live.Tools.Outcomes.Select(one => (one.Key, one.Value)));
        Assert.True(run.Replay().IsIdentical);
    }

    [Theory]
    [InlineData("ok", "SELECT 1", 4, 0)]
    [InlineData("error", "SELECT 1", 4, 1)]
    [InlineData("ok", "SELECT x", 3, 1)]
    [InlineData("ok", "SELECT 1 WHERE 0", 0, 1)]
    [InlineData("error", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT sum(i) FROM n", 3, 0)]
    public void How_a_tool_comes_out_decides_which_way_the_workflow_goes(string said, string sql, int tokens, int otherwise)
    {
        Workload workload = Traces.WithDatabase("SELECT 1", Fixes.Replace("OUTCOME", said).Replace("SQL", sql));
        using ToolBox tools = new(workload, new() { Time = TimeSpan.FromMilliseconds(300) });
        LiveResult run = Case(workload, tools).Run();
        Assert.Null(run.Fault);
        Assert.Equal(tokens, run.Metrics.Totals.OutputTokens);
        Assert.Equal(1, run.Metrics.Totals.WorkflowsEnded);
        Assert.Equal((1, otherwise), (run.Live.Tools.Run, run.Live.Tools.Otherwise));
        Assert.True(run.Replay().IsIdentical);
        FactKind ended = Facts(run).First(fact => fact.Kind is FactKind.ToolFinished or FactKind.ToolFailed).Kind;
        Assert.Equal(sql.StartsWith("WITH", StringComparison.Ordinal) ? FactKind.ToolFailed : FactKind.ToolFinished, ended);
    }

    /// <summary>Closing the batch in which the tool begins takes long: whoever did not wait for it would be at the server before it has ended.</summary>
    [Fact]
    public async Task A_tool_begins_when_the_journal_holds_that_it_does()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        Workload workload = Traces.WithDatabase("SELECT 1", """{"n":0,"kind":"tool","dur":0,"run":{"http":"URL","method":"GET"}}""".Replace("URL", url));
        using ToolBox tools = new(workload, new());
        SlowTap? tap = null;
        Task<bool> wasClosed = Task.Run(() =>
        {
            using TcpClient client = listener.AcceptTcpClient();
            bool closed = tap!.HasClosed;
            client.GetStream().ReadExactly(new byte[3]);
            client.GetStream().Write("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"u8);
            return closed;
        });
        LiveResult run = (Case(workload, tools) with { Tap = journal => tap = new(journal) }).Run();
        Assert.Null(run.Fault);
        Assert.Equal(1, run.Live.Tools.Run);
        Assert.True(await wasClosed);
    }

    [Fact]
    public void A_run_that_is_given_up_ends_its_tools()
    {
        Workload workload = Traces.WithDatabase("SELECT 1", Fixes.Replace("OUTCOME", "ok").Replace("SQL", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT sum(i) FROM n"));
        using ToolBox tools = new(workload, new() { Time = TimeSpan.FromHours(1) });
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(100));
        Assert.IsType<OperationCanceledException>(Case(workload, tools).Run(cancel.Token).Fault);
    }

    private static LiveCase Case(Workload workload, ToolBox tools) => new()
    {
        Workload = workload,
        Player = new() { Closed = false },
        Engine = new() { Name = "engine", NumBlocks = 200, MaxNumBatchedTokens = 256, MaxNumSeqs = 8, MaxModelLen = 2_048 },
        Engines = 1,
        Options = new() { Tools = tools },
        Times = worker => new DrawnStepTimes(1, worker, new(100_000), new(300_000)),
    };

    private static List<Fact> Facts(LiveResult run)
    {
        List<Fact> facts = [];
        using JournalReader reader = run.Open();
        while (reader.Read())
        {
            if (reader.Kind == JournalRecordKind.Fact)
            {
                facts.Add(reader.Fact);
            }
        }
        return facts;
    }

    private sealed class SlowTap(ICoreTap journal) : ICoreTap
    {
        private volatile bool hasClosed;

        public bool HasClosed => hasClosed;

        public void Handling(in Fact fact) => journal.Handling(fact);

        public void Decided(in Decision decision, ReadOnlySpan<int> blocks) => journal.Decided(decision, blocks);

        public void Settling(Instant now)
        {
            Thread.Sleep(300);
            journal.Settling(now);
            hasClosed = true;
        }

        public void Closing(Instant now, ulong fingerprint) => journal.Closing(now, fingerprint);
    }
}
