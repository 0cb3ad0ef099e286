namespace Cortex.Experiments.Benchmarks;

/// <summary>The figures of <c>bench runtime</c>: ratios within one run, so that they hold on any machine.</summary>
internal static class RuntimeFigures
{
    public static IEnumerable<SpeedFigure> All()
    {
        IMeasurement[] decode = [new DecodeMeasurement()];
        IMeasurement[] prefill = [new PrefillMeasurement()];
        yield return Ratio(DecodeMeasurement.OverBandwidth, 0.70, decode);
        yield return Ratio(DecodeMeasurement.EightOverOne, 4, decode);
        yield return Ratio(PrefillMeasurement.OverPeak, 0.50, prefill);
        yield return Ratio(DecodeMeasurement.SharedOverAlone, 0.40, decode);
    }

    private static SpeedFigure Ratio(string name, double target, IMeasurement[] of) =>
        new(name, AtLeast: true, target) { Of = of, Value = numbers => numbers[0][name] };
}
