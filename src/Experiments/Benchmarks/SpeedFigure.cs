using System.Globalization;

namespace Cortex.Experiments.Benchmarks;

/// <summary>One number that the simulator's speed is judged by, and what it should be.</summary>
/// <param name="Name">As <c>--figure</c> and <c>--json</c> have it.</param>
/// <param name="AtLeast">True: the target is to be reached; false: not to be exceeded.</param>
internal sealed record SpeedFigure(string Name, bool AtLeast, double Target)
{
    /// <summary>Printed behind the value; empty for ratios.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The measurements that it is made of.</summary>
    public required IMeasurement[] Of { get; init; }

    /// <summary>The value, from the numbers of one round of <see cref="Of"/>, in that order.</summary>
    public required Func<SortedDictionary<string, double>[], double> Value { get; init; }

    /// <summary>The same for runs after the first in a process; null where that makes no difference.</summary>
    public Func<SortedDictionary<string, double>[], double>? Warm { get; init; }

    /// <summary>All of them, in the order in which they are printed.</summary>
    public static IReadOnlyList<SpeedFigure> All { get; } = [.. Make()];

    /// <summary>Every measurement that some figure is made of.</summary>
    public static IReadOnlyList<IMeasurement> Measurements { get; } = [.. All.SelectMany(figure => figure.Of).Distinct()];

    public bool IsMet(double value) => AtLeast ? value >= Target : value <= Target;

    public string Text(double value)
    {
        string number = value.ToString(Target >= 1000 ? "#,0" : Target >= 50 ? "0" : "0.00", CultureInfo.InvariantCulture);
        return Unit.Length == 0 ? number : $"{number} {Unit}";
    }

    private static IEnumerable<SpeedFigure> Make()
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
        Value = of => of[0][RunMeasurement.Requests] / of[0][RunMeasurement.ColdCpu],
        Warm = of => of[0][RunMeasurement.Requests] / of[0][RunMeasurement.WarmCpu],
    };

    private static SpeedFigure Peak(string name, IMeasurement run, double target) => new(name, AtLeast: false, target)
    {
        Unit = "MB",
        Of = [run],
        Value = of => of[0][RunMeasurement.PeakMb],
    };
}
