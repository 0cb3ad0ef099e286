namespace Cortex.Experiments.Benchmarks;

/// <summary>The figures of <c>bench report</c>.</summary>
internal static class ReportFigures
{
    public static IEnumerable<SpeedFigure> All()
    {
        yield return Seconds("report_240_cells_s", new ReportMeasurement(), ReportMeasurement.Report, 1);
        yield return Seconds("quickstart_to_report_s", new QuickstartMeasurement(), QuickstartMeasurement.Quickstart, 20);
    }

    private static SpeedFigure Seconds(string name, IMeasurement of, string number, double target) => new(name, AtLeast: false, target)
    {
        Unit = "s",
        Of = [of],
        Value = numbers => numbers[0][number],
    };
}
