namespace Cortex.Sim.Kernel;

/// <summary>An item of a <see cref="PriorityStore{T}"/> that is not ordered by itself.</summary>
/// <typeparam name="T">Of the item.</typeparam>
/// <param name="Priority">Smaller leaves first.</param>
/// <param name="Item">What it is.</param>
public sealed record PriorityItem<T>(double Priority, T Item) : IComparable<PriorityItem<T>>
{
    /// <inheritdoc/>
    public int CompareTo(PriorityItem<T>? other) => other is null ? 1 : Priority.CompareTo(other.Priority);
}
