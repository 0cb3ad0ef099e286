namespace Cortex.Peers.Tests.Vidur;

/// <summary>A recorded run with its requests and times.</summary>
public sealed record VidurCase(VidurRun Run, IReadOnlyList<VidurRequest> Requests, IReadOnlyDictionary<int, VidurTimes> Expected)
{
    /// <param name="runs">Path of a <c>runs.json</c>.</param>
    /// <param name="name">Name of one of its runs.</param>
    /// <exception cref="NotSupportedException">A run of a kind that the reference does not know.</exception>
    public static VidurCase Read(string runs, string name)
    {
        VidurRun run = VidurRun.ReadAll(runs).Single(candidate => candidate.Name == name);
        if (run is not { StepTime: "closed-form", Scheduler: "sarathi" })
        {
            throw new NotSupportedException($"{runs}: {name} has step time {run.StepTime} and scheduler {run.Scheduler}; allowed: closed-form and sarathi");
        }
        string folder = Path.GetDirectoryName(runs)!;
        return new VidurCase(run, run.Requests(folder), run.Times(folder));
    }
}
