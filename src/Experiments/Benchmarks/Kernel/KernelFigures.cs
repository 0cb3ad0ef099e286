namespace Cortex.Experiments.Benchmarks;

/// <summary>The figures of <c>bench kernel</c>.</summary>
internal static class KernelFigures
{
    public static IEnumerable<SpeedFigure> All()
    {
        IMeasurement[] mm8 = [new KernelMeasurement()];
        yield return new("mm8_million_customers_per_s", AtLeast: true, 5)
        {
            Of = mm8,
            Value = of => 1e3 / of[0][KernelMeasurement.Process],
        };
        yield return new("mm8_process_over_callback", AtLeast: true, 0.55)
        {
            Of = mm8,
            Value = of => of[0][KernelMeasurement.Callback] / of[0][KernelMeasurement.Process],
        };
        yield return new("mm8_bytes_per_event", AtLeast: false, 0)
        {
            Of = mm8,
            Value = of => of[0][KernelMeasurement.Bytes],
        };
    }
}
