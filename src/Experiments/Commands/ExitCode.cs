namespace Cortex.Experiments;

/// <summary>Exit codes of every verb.</summary>
public static class ExitCode
{
    public const int Ok = 0;

    /// <summary>An assertion about the results does not hold.</summary>
    public const int FailedAssertion = 1;

    /// <summary>A file, a key, a value or an option that cannot be used; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>A fault of the program itself.</summary>
    public const int Internal = 3;

    /// <summary>Some cells failed; the results hold the others.</summary>
    public const int SomeCellsFailed = 4;

    /// <summary>Ctrl-C; finished cells are kept, and a rerun goes on from there.</summary>
    public const int Interrupted = 130;
}
