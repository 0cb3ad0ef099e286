using Cortex.Runtime.Cpu.Limits;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Experiments.Benchmarks;

/// <summary>A prompt of 512 tokens, in turns with multiplying as fast as the machine can.</summary>
internal sealed class PrefillMeasurement : IMeasurement
{
    /// <summary>10⁹ multiplications and additions a second from registers, all cores.</summary>
    public const string Peak = "fma_gflop_per_s";

    /// <summary>Milliseconds of the prompt.</summary>
    public const string Prefill = "prefill_512_ms";

    /// <summary>Multiplications and additions of the matrix products alone, over the prompt's whole time, as a share of the peak: the median over rounds of both.</summary>
    public const string OverPeak = "prefill_512_over_peak";

    private const int Prompt = 512;
    private const int Rounds = 3;

    public string Name => "prefill";

    public string? Missing(BenchPlaces places) => null;

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        using var model = new DecodingModel(sequences: 1);
        using var crew = new WorkCrew(Environment.ProcessorCount);
        var limit = new FmaLimit(crew);
        double operations = 2.0 * ((Prompt * (model.LayerWeights - model.LastWeights)) + model.LastWeights + model.OutputWeights);
        List<double> peak = [];
        List<double> prefill = [];
        model.Prefill(0, Prompt);
        for (int round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            double before = Fastest(limit);
            prefill.Add(model.Prefill(0, Prompt));
            peak.Add(Math.Max(before, Fastest(limit)));
        }
        return new(StringComparer.Ordinal)
        {
            [Peak] = Median.Of(peak) / 1e9,
            [Prefill] = Median.Of(prefill) * 1e3,
            [OverPeak] = Median.Of(prefill.Zip(peak, (seconds, limit) => operations / seconds / limit)),
        };
    }

    /// <summary>Of several tries, which are short: whatever comes between makes the peak no lower.</summary>
    private static double Fastest(FmaLimit limit) => Enumerable.Range(0, 8).Max(_ => limit.Measure());
}
