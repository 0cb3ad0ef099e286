namespace Cortex.Serving;

/// <summary>Who has arrived and who has ended, each once: one byte each.</summary>
/// <param name="kind">What they are, for messages.</param>
internal sealed class LifeCycles(string kind)
{
    private readonly TagTable<State> table = new();

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
            return $"{kind} {tag} arrived twice";
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
            return state == State.Ended ? $"{kind} {tag} ended twice" : $"{kind} {tag} ended, but never arrived";
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
                return $"{kind} {firstTag + place} never ended ({Open} in all)";
            }
        }
        return null;
    }
}
