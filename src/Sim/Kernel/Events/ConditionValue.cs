namespace Cortex.Sim.Kernel;

/// <summary>The members of a condition that had been processed when it was itself, in the order in which they were written.</summary>
public sealed class ConditionValue
{
    private readonly Event[] events;

    internal ConditionValue(Event[] events) => this.events = events;

    /// <summary>How many.</summary>
    public int Count => events.Length;

    /// <summary>The members.</summary>
    public IReadOnlyList<Event> Events => events;

    /// <summary>Their values, null for those without; of one that failed after the condition was met, the failure.</summary>
    public IEnumerable<object?> Values => events.Select(member => member.Failure ?? member.Value);

    /// <summary>Members and values, as SimPy's <c>todict()</c>.</summary>
    public Dictionary<Event, object?> ToDictionary() => events.ToDictionary(member => member, member => member.Failure ?? member.Value);

    /// <summary>Whether a member had happened.</summary>
    public bool Contains(Event member) => Array.IndexOf(events, member) >= 0;

    /// <summary>The value of a member.</summary>
    /// <exception cref="KeyNotFoundException">It had not happened, or is no member.</exception>
    public object? this[Event member] => Present(member).Value;

    /// <summary>The value of a member, by its type.</summary>
    /// <exception cref="KeyNotFoundException">It had not happened, or is no member.</exception>
    public T Get<T>(Event<T> member)
    {
        Present(member);
        return member.Result;
    }

    /// <summary>What a process returned.</summary>
    /// <exception cref="KeyNotFoundException">It had not ended, or is no member.</exception>
    public T Get<T>(Process<T> member)
    {
        Present(member);
        return member.Result;
    }

    private Event Present(Event member) =>
        Contains(member) ? member : throw new KeyNotFoundException("the condition does not hold this event");
}
