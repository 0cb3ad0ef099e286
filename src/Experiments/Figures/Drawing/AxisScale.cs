namespace Cortex.Experiments.Figures.Drawing;

/// <summary>A labelled mark on an axis.</summary>
public readonly record struct Tick(double Value, string Label);

/// <summary>Maps an axis' values to 0 … 1 and chooses round ticks.</summary>
public abstract class AxisScale
{
    /// <param name="low">Least value drawn.</param>
    /// <param name="high">Largest value drawn, at least <paramref name="low"/>.</param>
    /// <param name="endsOnTick">A linear axis begins at 0 or a tick, and ends at one; else it spans the values.</param>
    /// <param name="mostTicks">Labels that there is room for, at least 2; an axis whose ends must be ticks may take one or two more.</param>
    public static AxisScale Of(bool log, double low, double high, bool endsOnTick, int mostTicks = 7) =>
        log ? new LogScale(low, high, mostTicks) : new LinearScale(low, high, endsOnTick, mostTicks);

    public abstract IReadOnlyList<Tick> Ticks { get; }

    /// <summary>Where the small marks between the ticks stand.</summary>
    public abstract IReadOnlyList<double> MinorTicks { get; }

    public double Low { get; protected init; }
    public double High { get; protected init; }

    /// <summary>0 at <see cref="Low"/>, 1 at <see cref="High"/>; beyond that outside of 0 … 1.</summary>
    public abstract double Map(double value);
}
