namespace Cortex.Serving.Journal;

/// <summary>A journal that cannot be used: not a journal, of another schema, or damaged. The message is one line and names the record.</summary>
public sealed class JournalException(string message) : Exception(message);
