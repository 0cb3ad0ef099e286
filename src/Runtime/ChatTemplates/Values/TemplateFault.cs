namespace Cortex.Runtime.ChatTemplates;

/// <summary>Something that went wrong in a template, before it is known on which line.</summary>
internal sealed class TemplateFault(string message) : Exception(message);
