namespace Cortex.Runtime.Tools;

/// <summary>How a tool came out.</summary>
/// <param name="Outcome">The label that a trace's conditions ask for: <c>ok</c>, <c>empty</c>, <c>error</c> or <c>timeout</c>.</param>
/// <param name="Detail">What an agent would be told, a line; empty if there is nothing to tell.</param>
/// <param name="Failed">It gave no result at all: it ran too long, or could not be run. A query that is wrong has a result: its error.</param>
public sealed record ToolResult(string Outcome, string Detail = "", bool Failed = false)
{
    public const string Ok = "ok";
    public const string Empty = "empty";
    public const string Error = "error";
    public const string Timeout = "timeout";
}
