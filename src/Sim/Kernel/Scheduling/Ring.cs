using System.Diagnostics.CodeAnalysis;

namespace Cortex.Sim.Kernel;

/// <summary>What is due at the present instant, first in first out. An entry with a ticket is void once its node bears another.</summary>
internal struct Ring()
{
    private Entry[] entries = new Entry[64];
    private int first = 0;

    /// <summary>Entries, void ones included.</summary>
    public int Count { get; private set; } = 0;

    /// <summary>Entries that are not void: counted when asked for, so that others do not pay for it.</summary>
    public readonly int Live
    {
        get
        {
            int live = 0;
            for (int i = 0; i < Count; i++)
            {
                live += IsValid(entries[(first + i) & (entries.Length - 1)]) ? 1 : 0;
            }
            return live;
        }
    }

    public void Add(Schedulable node, ulong ticket = 0)
    {
        if (Count == entries.Length)
        {
            Grow();
        }
        ref Entry entry = ref entries[(first + Count++) & (entries.Length - 1)];
        entry.Node = node;
        entry.Ticket = ticket;
    }

    /// <summary>Takes the oldest entry that is not void; false if there is none.</summary>
    public bool TryTake([NotNullWhen(true)] out Schedulable? node)
    {
        while (Count > 0)
        {
            ref Entry entry = ref entries[first];
            node = entry.Node;
            bool valid = entry.Ticket == 0 || entry.Ticket == node.Ticket;
            first = (first + 1) & (entries.Length - 1);
            Count--;
            if (valid)
            {
                node.Ticket = 0;
                return true;
            }
        }
        node = null;
        return false;
    }

    /// <summary>Whether an entry is left that is not void.</summary>
    public bool Any()
    {
        for (; Count > 0; Count--)
        {
            Entry entry = entries[first];
            if (IsValid(entry))
            {
                return true;
            }
            first = (first + 1) & (entries.Length - 1);
        }
        return false;
    }

    private static bool IsValid(in Entry entry) => entry.Ticket == 0 || entry.Ticket == entry.Node.Ticket;

    private void Grow()
    {
        var larger = new Entry[2 * entries.Length];
        Array.Copy(entries, first, larger, 0, entries.Length - first);
        Array.Copy(entries, 0, larger, entries.Length - first, first);
        entries = larger;
        first = 0;
    }

    private struct Entry
    {
        public Schedulable Node;
        public ulong Ticket;
    }
}
