namespace Cortex.Sim.Kernel;

/// <summary>The moment, behind what is due, when a slot that was given back goes to the first in line. Stands in the ring any number of times.</summary>
internal sealed class HandOver(Resource resource) : Schedulable
{
    internal override void Fire() => resource.ServeNext();
}

/// <summary>A hand-over that can be waited for.</summary>
internal sealed class Release(Resource resource) : Event(resource.Environment)
{
    private protected override void OnProcessed() => resource.ServeNext();
}
