namespace Cortex.Serving;

/// <summary>A run broke an invariant of the core: a defect of the program, not of its input. The message says which, and by how much.</summary>
public sealed class AuditException(string message) : Exception(message);
