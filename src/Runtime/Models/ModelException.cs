namespace Cortex.Runtime.Models;

/// <summary>A model that cannot be used: absent, corrupt, or of a kind that is not computed here. One line: the file, the tensor or key, and what is allowed.</summary>
public sealed class ModelException : Exception
{
    /// <param name="message">One line.</param>
    public ModelException(string message)
        : base(message)
    {
    }

    /// <param name="message">One line.</param>
    /// <param name="cause">What it came from.</param>
    public ModelException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
