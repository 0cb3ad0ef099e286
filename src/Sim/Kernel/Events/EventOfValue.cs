namespace Cortex.Sim.Kernel;

/// <summary>An event that carries a value, which <c>await</c> gives.</summary>
/// <typeparam name="T">Of the value.</typeparam>
/// <param name="environment">Where it happens.</param>
public class Event<T>(SimEnvironment environment) : Event(environment)
{
    private protected T? Carried { get; set; }

    /// <inheritdoc/>
    public override object? Value => Result;

    /// <summary>What it carries.</summary>
    /// <exception cref="InvalidOperationException">It is pending, or failed.</exception>
    public T Result
    {
        get
        {
            EnsureValue();
            return Carried!;
        }
    }

    /// <summary>Triggers it with a value.</summary>
    /// <exception cref="InvalidOperationException">It is triggered already.</exception>
    public void Succeed(T value)
    {
        Settle(null);
        Carried = value;
    }

    /// <inheritdoc/>
    public override void Trigger(Event other)
    {
        base.Trigger(other);
        if (other is { Failure: null, Value: T value }) // Of an event or of a process.
        {
            Carried = value;
        }
    }

    /// <summary>Waits: gives the value, throws the failure.</summary>
    public new EventAwaiter<T> GetAwaiter() => new(this);

    /// <inheritdoc cref="Event.OrInterrupt"/>
    public new InterruptibleWait<T> OrInterrupt() => new(this);
}
