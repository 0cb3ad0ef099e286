namespace Cortex.Sim.Kernel;

/// <summary>Events that wait until something holds of what they watch. Each happens once.</summary>
internal sealed class Watchers(SimEnvironment environment)
{
    private readonly List<(Func<bool> Holds, Event Event)> waiting = [];

    /// <summary>Happens when it holds; at once if it does already.</summary>
    public Event When(Func<bool> holds)
    {
        Event happens = AtNextChange(holds);
        Tell();
        return happens;
    }

    /// <summary>Happens at the first change after which it holds.</summary>
    public Event AtNextChange(Func<bool> holds)
    {
        Event happens = new(environment);
        waiting.Add((holds, happens));
        return happens;
    }

    /// <summary>Something has changed.</summary>
    public void Tell()
    {
        int left = 0;
        for (int i = 0; i < waiting.Count; i++)
        {
            if (waiting[i].Holds())
            {
                waiting[i].Event.Succeed();
            }
            else
            {
                waiting[left++] = waiting[i];
            }
        }
        waiting.RemoveRange(left, waiting.Count - left);
    }
}
