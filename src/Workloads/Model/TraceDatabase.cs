namespace Cortex.Workloads;

/// <summary>A database that the tools of a trace ask.</summary>
/// <param name="Name">As <see cref="ToolRun.Sql"/> has it.</param>
/// <param name="Script">The SQL that makes it: tables, views, indexes, rows.</param>
public sealed record TraceDatabase(string Name, string Script);
