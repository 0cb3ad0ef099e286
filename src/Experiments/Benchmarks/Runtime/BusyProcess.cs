using System.Diagnostics;

namespace Cortex.Experiments.Benchmarks;

/// <summary>Another process that keeps one core busy, as other people's programs do: this command again, with <see cref="BusyMeasurement"/>.</summary>
internal sealed class BusyProcess : IDisposable
{
    private readonly Process process;

    private BusyProcess(Process process) => this.process = process;

    /// <summary>Returns when it is at work.</summary>
    public static BusyProcess Start()
    {
        ProcessStartInfo start = OwnProcess.Again(["bench", "measure", BusyMeasurement.Called]);
        start.RedirectStandardInput = true;
        var busy = new BusyProcess(Process.Start(start)!);
        double begun = busy.process.TotalProcessorTime.TotalSeconds;
        while (!busy.process.HasExited && busy.process.TotalProcessorTime.TotalSeconds < begun + 0.2)
        {
            Thread.Sleep(20);
            busy.process.Refresh();
        }
        return busy;
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
