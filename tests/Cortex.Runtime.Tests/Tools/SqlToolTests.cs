using System.Diagnostics;
using System.Text;
using Cortex.Runtime.Tools;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Runtime.Tests.Tools;

/// <summary>Queries of agents: they may be wrong, endless or malicious, and nothing comes of it but an outcome.</summary>
public sealed class SqlToolTests : IDisposable
{
    private const string Script = "CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'one'), (2, 'two'); CREATE VIEW v AS SELECT a FROM t WHERE a > 1";
    private readonly ToolBox tools = Box(Script, new() { Time = TimeSpan.FromSeconds(20), Rows = 50, Bytes = 10_000 });
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose()
    {
        tools.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("SELECT b FROM t WHERE a = 2", "ok")]
    [InlineData("SELECT * FROM v", "ok")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT max(i) FROM n", "ok")]
    [InlineData("SELECT b FROM t WHERE a = 3", "empty")]
    [InlineData("SELECT c FROM t", "error")]
    [InlineData("SELEC b FROM t", "error")]
    [InlineData("SELECT b FROM t WHERE a = $id", "error")]
    [InlineData("SELECT b FROM t WHERE a = ?", "error")]
    [InlineData("SELECT b FROM t\0", "error")]
    [InlineData("", "empty")]
    public void A_query_comes_out_as_it_does(string sql, string outcome)
    {
        ToolResult result = Ask(sql);
        Assert.Equal(outcome, result.Outcome);
        Assert.False(result.Failed);
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (3, 'three')")]
    [InlineData("UPDATE t SET a = 9")]
    [InlineData("DELETE FROM t")]
    [InlineData("DROP TABLE t")]
    [InlineData("CREATE TABLE u (a)")]
    [InlineData("CREATE TEMP TABLE u (a)")]
    [InlineData("ATTACH 'FILE' AS other")]
    [InlineData("VACUUM INTO 'FILE'")]
    [InlineData("PRAGMA journal_mode = WAL")]
    [InlineData("PRAGMA temp_store_directory = 'FILE'")]
    [InlineData("SELECT load_extension('FILE')")]
    [InlineData("SELECT readfile('FILE')")]
    [InlineData("BEGIN EXCLUSIVE")]
    [InlineData("SELECT 1; DELETE FROM t")]
    public void Nothing_but_reading_is_allowed(string sql)
    {
        string file = Path.Combine(folder, "made");
        Ask(sql.Replace("FILE", file, StringComparison.Ordinal));
        Assert.False(File.Exists(file));
        // In whatever connection: the rows are all there.
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal("2 rows", Ask("SELECT * FROM t WHERE a IN (1, 2)").Detail));
        Assert.Equal("empty", Ask("SELECT * FROM t WHERE a > 2").Outcome);
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (3, 'three')")]
    [InlineData("ATTACH ':memory:' AS other")]
    [InlineData("PRAGMA user_version")]
    [InlineData("SELECT load_extension('x')")]
    [InlineData("SELECT zeroblob(20000)")]
    public void What_is_not_allowed_is_an_error(string sql) => Assert.Equal(("error", false), (Ask(sql).Outcome, Ask(sql).Failed));

    [Fact]
    public void An_answer_is_cut_at_the_limit_of_rows() =>
        Assert.Equal("50 rows", Ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n").Detail);

    [Fact]
    public void An_endless_query_is_ended_in_its_time_and_others_go_on()
    {
        using ToolBox hasty = Box(Script, new() { Time = TimeSpan.FromMilliseconds(200) });
        long start = Stopwatch.GetTimestamp();
        ToolResult result = hasty.Run(new ToolRun.Sql("db", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"), default);
        Assert.Equal(("timeout", true), (result.Outcome, result.Failed));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.1, 10);
        Assert.Equal("ok", hasty.Run(new ToolRun.Sql("db", "SELECT * FROM t"), default).Outcome);
    }

    [Fact]
    public void Many_ask_at_once()
    {
        ToolResult[] results = new ToolResult[64];
        Parallel.For(0, results.Length, i => results[i] = Ask(i % 2 == 0 ? "SELECT b FROM t" : "SELECT c FROM t"));
        Assert.All(Enumerable.Range(0, results.Length), i => Assert.Equal(i % 2 == 0 ? "ok" : "error", results[i].Outcome));
    }

    [Theory]
    [InlineData("CREATE TABLE t (a); INSERT INTO nowhere VALUES (1)", "nowhere")]
    [InlineData("ATTACH 'x' AS y", "not authorized")]
    [InlineData("CREATE TABLE t (a);\0", "a character that no SQL has, U+0000")]
    [InlineData("SELECT load_extension('x')", "not authorized")]
    public void A_script_that_makes_no_database_is_told_before_anything_runs(string script, string why)
    {
        string message = Assert.Throws<TraceException>(() => Box(script, new()).Dispose()).Message;
        Assert.Contains("the script of database 'db' fails", message);
        Assert.Contains(why, message);
    }

    private ToolResult Ask(string sql) => tools.Run(new ToolRun.Sql("db", sql), default);

    private static ToolBox Box(string script, ToolLimits limits) => new(Traces.WithDatabase(script), limits);
}

/// <summary>Traces that have tools.</summary>
internal static class Traces
{
    public static Workload WithDatabase(string script, string nodes = """{"n":0,"kind":"tool","dur":1}""") => TraceFile.Load(
        Encoding.UTF8.GetBytes($$$"""
            {"format":"agentflow","version":1,"replay":"open","databases":{"db":{{{System.Text.Json.JsonSerializer.Serialize(script)}}}}}
            {"id":"w","arrival":0,"nodes":[{{{nodes.ReplaceLineEndings("")}}}]}
            """), "tools.jsonl");
}
