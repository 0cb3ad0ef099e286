namespace Cortex.Experiments.Calibration;

/// <summary>The machine's other engines, each on a thread of its own: they decode while they are told to.</summary>
internal sealed class DecodingNeighbours : IDisposable
{
    private readonly StepPoint step;
    private readonly Thread[] threads;
    private readonly SemaphoreSlim wake = new(0), awake = new(0), idle = new(0);
    private volatile bool areDecoding;

    /// <param name="probes">The engines, ready to be measured; none: nothing ever decodes.</param>
    /// <param name="step">What each of them runs again and again.</param>
    public DecodingNeighbours(IReadOnlyList<StepProbe> probes, StepPoint step)
    {
        this.step = step;
        threads = [.. probes.Select(probe => new Thread(() => Live(probe)) { IsBackground = true, Name = "neighbour" })];
        Array.ForEach(threads, thread => thread.Start());
    }

    /// <summary>Runs <paramref name="measure"/> while all of them decode.</summary>
    public double During(Func<double> measure)
    {
        areDecoding = true;
        wake.Release(threads.Length);
        Array.ForEach(threads, _ => awake.Wait());
        try
        {
            return measure();
        }
        finally
        {
            areDecoding = false;
            Array.ForEach(threads, _ => idle.Wait());
        }
    }

    public void Dispose()
    {
        wake.Release(threads.Length);
        Array.ForEach(threads, thread => thread.Join());
        wake.Dispose();
        awake.Dispose();
        idle.Dispose();
    }

    private void Live(StepProbe probe)
    {
        for (wake.Wait(); areDecoding; wake.Wait())
        {
            awake.Release();
            while (areDecoding)
            {
                probe.Measure(step);
            }
            idle.Release();
        }
    }
}
