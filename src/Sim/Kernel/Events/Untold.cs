namespace Cortex.Sim.Kernel;

/// <summary>The listeners of a processed event that stand behind the end of a run: told first when it goes on, unless they have left.</summary>
internal sealed class Untold(Event past) : Schedulable
{
    internal override void Fire() => past.TellOthers();
}
