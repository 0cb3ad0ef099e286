using Cortex.Runtime.Cpu.Limits;
using Cortex.Runtime.Cpu.Threads;

namespace Cortex.Experiments.Benchmarks;

/// <summary>Decoding alone and eight at a time, in turns with reading memory as fast as the machine can; then in turns beside a process that keeps one core busy and without it.</summary>
internal sealed class DecodeMeasurement : IMeasurement
{
    /// <summary>10⁹ bytes a second that all cores read.</summary>
    public const string Bandwidth = "read_gb_per_s";

    /// <summary>Milliseconds of a step of one sequence.</summary>
    public const string One = "decode_1_ms";

    /// <summary>Milliseconds of a step of eight.</summary>
    public const string Eight = "decode_8_ms";

    /// <summary>Bytes of weights over a step's time, as a share of the bandwidth: the median over rounds of both.</summary>
    public const string OverBandwidth = "decode_1_over_bandwidth";

    /// <summary>Tokens a second of eight sequences ÷ of one: the median over rounds.</summary>
    public const string EightOverOne = "decode_8_over_1";

    /// <summary>Steps of one sequence in a second beside the busy process ÷ without it: the median over rounds.</summary>
    public const string SharedOverAlone = "decode_shared_over_alone";

    private const int Batch = 8;
    private const int Prompt = 32;
    private const int Rounds = 15;
    private const int StepsEach = 4;
    private const int SharedRounds = 3;
    private const int SharedSteps = 40;

    public string Name => "decode";

    public string? Missing(BenchPlaces places) => null;

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        using var model = new DecodingModel(Batch + 1);
        for (int sequence = 0; sequence <= Batch; sequence++)
        {
            model.Prefill(sequence, Prompt);
        }
        (List<double> bandwidth, List<double> one, List<double> eight) = InTurns(model, cancellation);
        List<double> shared = Shared(model, cancellation);
        return new(StringComparer.Ordinal)
        {
            [Bandwidth] = Median.Of(bandwidth) / 1e9,
            [One] = Median.Of(one) * 1e3,
            [Eight] = Median.Of(eight) * 1e3,
            [OverBandwidth] = Median.Of(one.Zip(bandwidth, (seconds, limit) => model.Bytes / seconds / limit)),
            [EightOverOne] = Median.Of(one.Zip(eight, (alone, together) => Batch * alone / together)),
            [SharedOverAlone] = Median.Of(shared),
        };
    }

    private static (List<double> Bandwidth, List<double> One, List<double> Eight) InTurns(DecodingModel model, CancellationToken cancellation)
    {
        using var crew = new WorkCrew(Environment.ProcessorCount);
        using var limit = new ReadLimit(crew, model.Bytes);
        (List<double> Bandwidth, List<double> One, List<double> Eight) all = ([], [], []);
        for (int round = -1; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            double bandwidth = limit.Measure();
            // The fastest of a few, as for reading: what comes between is neither the engine nor the machine.
            double one = Enumerable.Range(0, StepsEach).Min(_ => model.Decode(Batch, 1));
            double eight = Enumerable.Range(0, StepsEach).Min(_ => model.Decode(0, Batch));
            if (round >= 0)
            {
                all.Bandwidth.Add(bandwidth);
                all.One.Add(one);
                all.Eight.Add(eight);
            }
        }
        return all;
    }

    private static List<double> Shared(DecodingModel model, CancellationToken cancellation)
    {
        var ratios = new List<double>();
        for (int round = 0; round < SharedRounds; round++)
        {
            double alone = Steps(model, cancellation);
            using var busy = BusyProcess.Start();
            ratios.Add(alone / Steps(model, cancellation));
        }
        return ratios;
    }

    /// <summary>Seconds of many steps, from first to last: what a thread waits for now and then counts too.</summary>
    private static double Steps(DecodingModel model, CancellationToken cancellation)
    {
        model.Prefill(Batch, Prompt);
        double seconds = 0;
        for (int i = 0; i < SharedSteps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            seconds += model.Decode(Batch, 1);
        }
        return seconds;
    }
}
