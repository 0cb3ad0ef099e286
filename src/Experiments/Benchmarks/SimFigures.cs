namespace Cortex.Experiments.Benchmarks;

/// <summary>The figures of <c>bench sim</c>.</summary>
internal static class SimFigures
{
    public static IEnumerable<SpeedFigure> All()
    {
        IMeasurement convX2 = new RunMeasurement(SpeedRun.ConvX2);
        IMeasurement mooncake = new RunMeasurement(SpeedRun.Mooncake);
        IMeasurement weka = new RunMeasurement(SpeedRun.Weka);
        IMeasurement wekaTwice = new RunMeasurement(SpeedRun.WekaTwice);
        yield return PerCpuSecond("conv_x2_requests_per_cpu_s", convX2, 100_000);
        yield return Peak("conv_x2_peak_mb", convX2, 200);
        yield return PerCpuSecond("mooncake_requests_per_cpu_s", mooncake, 60_000);
        yield return Peak("mooncake_peak_mb", mooncake, 100);
        yield return new("weka_v8_s", AtLeast: false, 5)
        {
            Unit = "s",
            Of = [weka],
            Value = of => of[0][RunMeasurement.Cold],
            Warm = of => of[0][RunMeasurement.Warm],
        };
        yield return Peak("weka_v8_peak_mb", weka, 400);
        yield return new("weka_v8_doubling", AtLeast: false, 2.2)
        {
            Of = [wekaTwice, weka],
            // On one core, processor time is the time, less what other programs took of it.
            Value = of => of[0][RunMeasurement.ColdCpu] / of[1][RunMeasurement.ColdCpu],
            Warm = of => of[0][RunMeasurement.WarmCpu] / of[1][RunMeasurement.WarmCpu],
        };
        yield return new("step_1024_over_8", AtLeast: false, 1.5)
        {
            Of = [new StepMeasurement()],
            Value = of => of[0][StepMeasurement.Large] / of[0][StepMeasurement.Small],
        };
        yield return new("sweep_2_over_1", AtLeast: true, 1.8)
        {
            Of = [new SweepMeasurement()],
            Value = of => of[0][SweepMeasurement.One] / of[0][SweepMeasurement.Two],
        };
    }

    private static SpeedFigure PerCpuSecond(string name, IMeasurement run, double target) => new(name, AtLeast: true, target)
    {
        Of = [run],
        Value = of => of[0][RunMeasurement.Requests] / of[0][RunMeasurement.Cpu],
        Warm = of => of[0][RunMeasurement.Requests] / of[0][RunMeasurement.WarmCpu],
    };

    private static SpeedFigure Peak(string name, IMeasurement run, double target) => new(name, AtLeast: false, target)
    {
        Unit = "MB",
        Of = [run],
        Value = of => of[0][RunMeasurement.PeakMb],
    };
}
