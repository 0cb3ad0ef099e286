namespace Cortex.Sim.Kernel;

/// <summary>Open or closed: who comes to it while it is closed waits until it opens, all together.</summary>
public sealed class Gate
{
    private Event opening;

    /// <param name="environment">Where it is.</param>
    /// <param name="isOpen">At the start.</param>
    public Gate(SimEnvironment environment, bool isOpen = false)
    {
        opening = new(environment);
        if (isOpen)
        {
            Open();
        }
    }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => opening.IsTriggered;

    /// <summary>Its opening: past while it is open, so that who awaits it goes on at once.</summary>
    public Event WhenOpen => opening;

    /// <summary>Lets all through who wait, and all who come. Does nothing if it is open.</summary>
    public void Open()
    {
        if (!IsOpen)
        {
            opening.Succeed();
        }
    }

    /// <summary>Holds back who comes from now on. Does nothing if it is closed.</summary>
    public void Close()
    {
        if (IsOpen)
        {
            opening = new(opening.Environment);
        }
    }
}
