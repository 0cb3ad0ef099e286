namespace Cortex.Serving;

/// <summary>Who has arrived and who has ended, each once: one byte each.</summary>
/// <param name="kind">What they are, for messages.</param>
internal sealed class LifeCycles(string kind)
{
    private readonly TagTable<State> table = new(new());

    private enum State : byte
    {
        Unknown,
        Open,
        Ended,
    }

    /// <summary>How many have arrived and not ended.</summary>
    public long Open { get; private set; }

    public bool HasArrived(int tag) => table[tag] != State.Unknown;

    /// <summary>Notes an arrival; what is wrong with it, or null.</summary>
    public string? Arrive(int tag)
    {
        ref State state = ref table[tag];
        if (state != State.Unknown)
        {
            return ArrivedTwice(tag);
        }
        state = State.Open;
        Open++;
        return null;
    }

    /// <summary>Notes an end; what is wrong with it, or null.</summary>
    public string? End(int tag)
    {
        ref State state = ref table[tag];
        if (state != State.Open)
        {
            return EndedWrongly(tag, state);
        }
        state = State.Ended;
        Open--;
        return null;
    }

    /// <summary>Names one that has not ended; null if all have.</summary>
    public string? StillOpen()
    {
        foreach ((int firstTag, State[] page) in table.Pages)
        {
            int place = Array.IndexOf(page, State.Open);
            if (place >= 0)
            {
                return NeverEnded(firstTag + place);
            }
        }
        return null;
    }

    // In methods of their own, which a run without a fault never has compiled.

    private string ArrivedTwice(int tag) => $"{kind} {tag} arrived twice";

    private string EndedWrongly(int tag, State state) => state == State.Ended ? $"{kind} {tag} ended twice" : $"{kind} {tag} ended, but never arrived";

    private string NeverEnded(int tag) => $"{kind} {tag} never ended ({Open} in all)";
}
