using System.Collections.Concurrent;
using Cortex.Workloads;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cortex.Runtime.Tools;

/// <summary>
/// A database in memory that agents may ask. Every connection has a copy of its own, and an authorizer that lets it read and nothing else: no
/// statement can write, attach a file, load a library or set anything.
/// </summary>
internal sealed class SqlTool : IDisposable
{
    // Instructions of SQLite's machine between two looks at the clock: some microseconds.
    private const int LookEvery = 1_000;

    private const long MostMemory = 1L << 29;

    // SQLite's text ends there; whoever asks for what is behind it asks for ever.
    private const char EndOfText = '\0';
    private const string NoText = "a character that no SQL has, U+0000";

    private readonly SqliteConnection template;
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly ToolLimits limits;

    private SqlTool(SqliteConnection template, ToolLimits limits)
    {
        this.template = template;
        this.limits = limits;
    }

    /// <exception cref="TraceException">The script does not make a database.</exception>
    public static SqlTool Create(string trace, TraceDatabase database, ToolLimits limits)
    {
        if (database.Script.Contains(EndOfText, StringComparison.Ordinal))
        {
            throw Fails(NoText);
        }
        SqliteConnection made = Open(limits);
        try
        {
            using CancellationTokenSource time = new(limits.Time);
            Authorize(made, SqlRights.Build);
            using Watch watch = new(made, time.Token);
            using SqliteCommand command = made.CreateCommand();
            command.CommandText = database.Script;
            command.ExecuteNonQuery();
            return new(made, limits);
        }
        catch (SqliteException fault)
        {
            made.Dispose();
            throw Fails(Message(fault));
        }

        TraceException Fails(string why) => new(trace, 1, $"the script of database '{database.Name}' fails: {why}", "tables, views, indexes and rows");
    }

    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public ToolResult Run(string text, CancellationToken cancellation)
    {
        if (text.Contains(EndOfText, StringComparison.Ordinal))
        {
            return new(ToolResult.Error, NoText);
        }
        SqliteConnection connection = idle.TryTake(out SqliteConnection? spare) ? spare : Copy();
        try
        {
            using Watch watch = new(connection, cancellation);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = text;
            using SqliteDataReader reader = command.ExecuteReader();
            int rows = 0;
            while (rows < limits.Rows && reader.Read())
            {
                rows++;
            }
            return new(rows == 0 ? ToolResult.Empty : ToolResult.Ok, FormattableString.Invariant($"{rows} rows"));
        }
        catch (SqliteException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception fault) when (fault is SqliteException or InvalidOperationException)
        {
            // The second where the text has parameters, to which nobody gives values.
            return new(ToolResult.Error, Message(fault));
        }
        finally
        {
            idle.Add(connection);
        }
    }

    public void Dispose()
    {
        foreach (SqliteConnection connection in idle)
        {
            connection.Dispose();
        }
        template.Dispose();
    }

    private SqliteConnection Copy()
    {
        SqliteConnection copy = Open(limits);
        try
        {
            lock (template)
            {
                template.BackupDatabase(copy);
            }
            Authorize(copy, SqlRights.Read);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(ToolLimits limits)
    {
        SqliteConnection connection = new("Data Source=:memory:;Pooling=False");
        connection.Open();
        raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_LENGTH, limits.Bytes);
        raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_ATTACHED, 0);
        // What does not fit into memory would go to a file; how much may, counts for all connections together.
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = FormattableString.Invariant($"PRAGMA temp_store = MEMORY; PRAGMA hard_heap_limit = {MostMemory}");
        command.ExecuteNonQuery();
        return connection;
    }

    private static void Authorize(SqliteConnection connection, Func<int, string?, bool> allows) => raw.sqlite3_set_authorizer(
        connection.Handle!, (object _, int action, utf8z _, utf8z second, utf8z _, utf8z _) => allows(action, second.utf8_to_string()) ? raw.SQLITE_OK : raw.SQLITE_DENY, null);

    private static string Message(Exception fault) => fault.Message.ReplaceLineEndings(" ");

    /// <summary>Ends what the connection does once nobody waits for it.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly SqliteConnection connection;

        public Watch(SqliteConnection connection, CancellationToken cancellation)
        {
            this.connection = connection;
            raw.sqlite3_progress_handler(connection.Handle!, LookEvery, _ => cancellation.IsCancellationRequested ? 1 : 0, null);
        }

        public void Dispose() => raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
    }
}
