namespace Cortex.Experiments.Cells;

/// <summary>Hears how a sweep goes on. Calls come one at a time.</summary>
public interface ISweepProgress
{
    /// <summary>Something that the user should know.</summary>
    void Noted(string note);

    /// <param name="toRun">Cells that must be computed.</param>
    /// <param name="reused">Cells found finished.</param>
    void Started(int toRun, int reused);

    void Ended(CellOutcome outcome);
}
