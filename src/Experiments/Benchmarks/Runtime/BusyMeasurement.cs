namespace Cortex.Experiments.Benchmarks;

/// <summary>Measures nothing: keeps one core busy until its standard input ends, as it does when whoever started it is gone.</summary>
internal sealed class BusyMeasurement : IMeasurement
{
    public const string Called = "busy";

    public string Name => Called;

    public string? Missing(BenchPlaces places) => null;

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        Task<int> input = Task.Run(Console.In.Read, cancellation);
        double rounds = 0;
        while (!input.IsCompleted && !cancellation.IsCancellationRequested)
        {
            for (int i = 0; i < 1_000_000; i++)
            {
                rounds += i;
            }
        }
        return new(StringComparer.Ordinal) { ["sum"] = rounds };
    }
}
