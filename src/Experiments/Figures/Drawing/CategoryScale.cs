namespace Cortex.Experiments.Figures.Drawing;

/// <summary>A row for each name, the first at the far end: on top of a vertical axis.</summary>
internal sealed class CategoryScale : AxisScale
{
    private readonly IReadOnlyList<string> names;

    public CategoryScale(IReadOnlyList<string> names)
    {
        this.names = names;
        High = names.Count;
    }

    public override IReadOnlyList<Tick> Ticks => [.. names.Select((name, index) => new Tick(index, name))];

    public override IReadOnlyList<double> MinorTicks => [];

    public override double Map(double value) => 1 - (value + 0.5) / names.Count;
}
