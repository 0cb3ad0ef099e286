namespace Cortex.Sim.Kernel;

/// <summary>
/// The word that orders the events of one instant and names their slots: 4 bits of phase, 38 of sequence number, 22 of slot. Enough for
/// 2.7·10¹¹ events in a run and 4.2 million at a time. A sequence number is never used twice, so neither is a word.
/// </summary>
internal static class EventOrder
{
    private const int SlotBits = 22;
    private const int SequenceBits = 38;

    public const int MaxSlots = 1 << SlotBits;
    public const ulong MaxSequence = (1UL << SequenceBits) - 1;

    public static ulong Of(Phase phase, ulong sequence, int slot) =>
        ((ulong)phase << (SequenceBits + SlotBits)) | (sequence << SlotBits) | (uint)slot;

    public static int Slot(ulong order) => (int)(order & (MaxSlots - 1));

    public static Phase Phase(ulong order) => (Phase)(order >> (SequenceBits + SlotBits));
}
