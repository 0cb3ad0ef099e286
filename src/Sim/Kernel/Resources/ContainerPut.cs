namespace Cortex.Sim.Kernel;

/// <summary>A put into a container. Leaving its <c>using</c> block withdraws it while it waits.</summary>
public sealed class ContainerPut : Event, IDisposable
{
    private readonly Container container;

    internal ContainerPut(Container container, double amount)
        : base(container.Environment)
    {
        this.container = container;
        Amount = amount;
    }

    /// <summary>How much.</summary>
    public double Amount { get; }

    /// <summary>Withdraws it if it waits; false if it has happened or was withdrawn.</summary>
    public bool Cancel() => InLine?.Remove(this) ?? false;

    /// <inheritdoc cref="Cancel"/>
    public void Dispose() => Cancel();

    private protected override void OnProcessed() => container.ServeGets();
}
