namespace Cortex.Runtime.Engines.Forward;

/// <summary>A table on a device, such as the embedding.</summary>
public abstract class DeviceTable : IDisposable
{
    public abstract void Dispose();
}

/// <summary>A projection on a device.</summary>
public abstract class DeviceMatrix : IDisposable
{
    public abstract void Dispose();
}

/// <summary>A vector of weights on a device.</summary>
public abstract class DeviceVector : IDisposable
{
    public abstract void Dispose();
}

/// <summary>Activations on a device, a row for each token.</summary>
/// <param name="capacity">Rows that it has room for.</param>
/// <param name="columns">Numbers in a row.</param>
public abstract class DeviceRows(int capacity, int columns) : IDisposable
{
    /// <summary>Rows that it has room for, at least 1.</summary>
    public int Capacity => capacity;

    /// <summary>Numbers in a row.</summary>
    public int Columns => columns;

    public abstract void Dispose();
}
