namespace Cortex.Peers.Tests.Vidur;

/// <summary>One iteration of the scheduler.</summary>
/// <param name="Arrived">Arrived since the last one was formed.</param>
/// <param name="Rows">The batch, in order.</param>
/// <param name="Preempted">Restarted, in order.</param>
/// <param name="FreeBlocksPlanned">After the batch was formed.</param>
/// <param name="FreeBlocksEnded">After the batch has ended.</param>
public sealed record VidurStep(
    IReadOnlyList<VidurRequest> Arrived, IReadOnlyList<VidurRow> Rows, IReadOnlyList<int> Preempted, int FreeBlocksPlanned, int FreeBlocksEnded)
{
    /// <summary>Whether the scheduler decided the same.</summary>
    public bool DecidesAs(VidurStep other) =>
        Rows.SequenceEqual(other.Rows) && Preempted.SequenceEqual(other.Preempted)
        && FreeBlocksPlanned == other.FreeBlocksPlanned && FreeBlocksEnded == other.FreeBlocksEnded;

    public override string ToString() =>
        $"batch {string.Join(' ', Rows)}; restarted [{string.Join(' ', Preempted)}]; free {FreeBlocksPlanned}, then {FreeBlocksEnded}";
}

/// <summary>A request's part of a batch.</summary>
public readonly record struct VidurRow(int Id, int Tokens)
{
    public override string ToString() => $"{Id}:{Tokens}";
}
