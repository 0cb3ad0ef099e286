namespace Cortex.Sim.Kernel;

/// <summary>A listener that is a user's own action.</summary>
internal sealed class Callback(Action<Event> action) : Schedulable
{
    public Action<Event> Action => action;

    internal override void Fire()
    {
    }

    internal override void Heard(Event happened) => action(happened);
}
