namespace Cortex.Runtime.Tools;

/// <summary>How a tool came out.</summary>
/// <param name="Outcome">The label that a trace's conditions ask for: <c>ok</c>, <c>empty</c>, <c>error</c> or <c>timeout</c>.</param>
/// <param name="Detail">What an agent would be told, a line; empty if there is nothing to tell.</param>
/// <param name="Failed">It gave no result at all: it ran too long, or could not be run. A query that is wrong has a result: its error.</param>
public sealed record ToolResult(string Outcome, string Detail = "", bool Failed = false)
{
    /// <summary>There is a result.</summary>
    public const string Ok = "ok";

    /// <summary>The result holds nothing: no rows, no content.</summary>
    public const string Empty = "empty";

    /// <summary>The query was wrong, the status not 2xx, or the tool could not be run.</summary>
    public const string Error = "error";

    /// <summary>It ran longer than it may.</summary>
    public const string Timeout = "timeout";
}
