namespace Cortex.Runtime.ChatTemplates;

/// <summary>A template that is wrong, uses something not known here, or does not fit the messages it was given. One line: template, line, what.</summary>
public sealed class ChatTemplateException : Exception
{
    /// <param name="template">What the template is called, such as its file.</param>
    /// <param name="line">Line in the template, from 1.</param>
    /// <param name="what">What is wrong, and what would be right.</param>
    public ChatTemplateException(string template, int line, string what)
        : base($"{template}:{line}: {what}".ReplaceLineEndings(" "))
    {
    }
}

/// <summary>Messages that the template itself refuses (its <c>raise_exception</c>). The message is the template's own.</summary>
public sealed class ChatRefusedException(string message) : Exception(message);
