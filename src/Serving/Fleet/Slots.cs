namespace Cortex.Serving.Fleet;

/// <summary>Numbers for things that come and go: a slot is used again once it is free, each time under a new generation.</summary>
internal sealed class Slots
{
    private readonly Stack<(int Slot, int Generation)> free = new();
    private int used;

    public (int Slot, int Generation) Take() =>
        free.TryPop(out (int Slot, int Generation) last) ? (last.Slot, last.Generation + 1) : (used++, 0);

    public void Return(int slot, int generation) => free.Push((slot, generation));
}
