namespace Cortex.Sim.Kernel;

/// <summary>
/// A <see cref="PriorityResource"/> whose first in line, unless it asked politely, takes the slot of the user that stands last by priority,
/// time of asking, and politeness, if that one is behind it. The victim is interrupted with a <see cref="Preempted"/> as cause.
/// </summary>
/// <inheritdoc cref="Resource(SimEnvironment, int)"/>
public class PreemptiveResource(SimEnvironment environment, int capacity = 1) : PriorityResource(environment, capacity)
{
    private protected override bool SeatsLeases => true;

    private protected override void Serve(Request first)
    {
        if (Count >= Capacity && first.Preempt)
        {
            Request victim = LastUser();
            if (victim.IsBehind(first))
            {
                Leave(victim);
                victim.Asker?.Interrupt(new Preempted(first.Process, victim.UsageSince!.Value, this));
            }
        }
        base.Serve(first);
    }

    /// <summary>The user behind all others; of equal ones, the last to come.</summary>
    private Request LastUser()
    {
        Request last = Seated[0];
        for (int seat = 1; seat < Seated.Count; seat++)
        {
            Request user = Seated[seat];
            if (user.IsBehind(last) || (!last.IsBehind(user) && user.Grant > last.Grant))
            {
                last = user;
            }
        }
        return last;
    }
}
