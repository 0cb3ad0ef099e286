using Cortex.Experiments.Config;
using Cortex.Experiments.Live;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Models;

namespace Cortex.Experiments.Calibration;

/// <summary>As many engines as the cluster has: one whose steps are measured, and its neighbours.</summary>
internal sealed class CalibrationBench : IDisposable
{
    private readonly List<CpuEngine> engines = [];
    private readonly StepProbe probe;
    private readonly DecodingNeighbours neighbours;

    /// <param name="kind">What all of them are taken to be.</param>
    /// <param name="count">At least 1.</param>
    /// <exception cref="InputException">The machine has not got the memory.</exception>
    public CalibrationBench(ResolvedEngine kind, ModelWeights weights, int count)
    {
        try
        {
            StepProbe[] probes = new StepProbe[count];
            for (int i = 0; i < count; i++)
            {
                engines.Add(LiveEngines.Create(kind, weights, count));
                probes[i] = new(engines[i], kind.Settings, LiveEngines.TokensOf(weights));
            }
            probe = probes[0];
            neighbours = new(probes[1..], new(Decodes: 1, Context: StepGrid.Longest(kind.Settings) / 2, Chunk: 0, Before: 0));
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Seconds of one step.</summary>
    public double Measure(StepPoint point) => point.BesideDecodes ? neighbours.During(() => probe.Measure(point)) : probe.Measure(point);

    public void Dispose()
    {
        neighbours.Dispose();
        Close();
    }

    private void Close() => engines.ForEach(engine => engine.Dispose());
}
