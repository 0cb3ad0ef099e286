namespace Cortex.Experiments.Config;

/// <summary>Input that cannot be used: one line that says where, what, and what is allowed. Ends the command with exit code 2.</summary>
public sealed class InputException : Exception
{
    public InputException(SourceMark mark, string what)
        : base($"{mark}: {what}")
    {
    }

    public InputException(string what)
        : base(what)
    {
    }
}
