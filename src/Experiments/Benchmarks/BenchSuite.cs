namespace Cortex.Experiments.Benchmarks;

/// <summary>The figures that one verb of <c>cortex bench</c> measures.</summary>
public sealed class BenchSuite
{
    private BenchSuite(IEnumerable<SpeedFigure> figures) => Figures = [.. figures];

    /// <summary><c>bench sim</c>: the simulator.</summary>
    public static BenchSuite Sim { get; } = new(SimFigures.All());

    /// <summary><c>bench kernel</c>: the event kernel by itself.</summary>
    public static BenchSuite Kernel { get; } = new(KernelFigures.All());

    /// <summary><c>bench report</c>: the report and the quickstart as commands.</summary>
    public static BenchSuite Report { get; } = new(ReportFigures.All());

    /// <summary><c>bench runtime</c>: the CPU engine.</summary>
    public static BenchSuite Runtime { get; } = new(RuntimeFigures.All());

    /// <summary><c>bench trace</c>: reading and importing traces.</summary>
    public static BenchSuite Trace { get; } = new(TraceFigures.All());

    /// <summary>The names that <see cref="BenchOptions.Figures"/> may hold.</summary>
    public IReadOnlyList<string> FigureNames => [.. Figures.Select(figure => figure.Name)];

    /// <summary>In the order in which they are printed.</summary>
    internal IReadOnlyList<SpeedFigure> Figures { get; }

    /// <summary>Every measurement that some figure of some suite is made of, and what one of them needs beside it.</summary>
    internal static IEnumerable<IMeasurement> Measurements =>
        new[] { Sim, Kernel, Report, Runtime, Trace }.SelectMany(suite => suite.Figures).SelectMany(figure => figure.Of).Distinct().Append(new BusyMeasurement());
}
