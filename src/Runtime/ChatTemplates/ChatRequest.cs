using System.Text.Json;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>What a chat template makes a prompt of. Values are JSON as it came, so that numbers and the order of names stay as they are.</summary>
public sealed record ChatRequest
{
    /// <summary>
    /// An array of messages as clients send them: <c>role</c>, <c>content</c>, <c>tool_calls</c>, … <c>arguments</c> that are a string of JSON, as
    /// OpenAI's clients send them, count as the object that the string holds.
    /// </summary>
    public required JsonElement Messages { get; init; }

    /// <summary>An array of tools; null for none.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>Whether the prompt ends with the beginning of an answer.</summary>
    public bool AddGenerationPrompt { get; init; }

    /// <summary>An object of variables of this template, such as <c>enable_thinking</c>; they come before all others. Null for none.</summary>
    public JsonElement? Settings { get; init; }

    /// <summary>Local time, for templates that write the date; null where none may be written.</summary>
    public DateTime? Now { get; init; }
}
