namespace Cortex.Peers.Tests.Vidur;

/// <summary>A recorded run with its requests and times.</summary>
public sealed record VidurCase(VidurRun Run, IReadOnlyList<VidurRequest> Requests, IReadOnlyDictionary<int, VidurTimes> Expected)
{
    /// <param name="runs">Path of a <c>runs.json</c>.</param>
    /// <param name="name">Name of one of its runs.</param>
    public static VidurCase Read(string runs, string name)
    {
        VidurRun run = VidurRun.ReadAll(runs).Single(candidate => candidate.Name == name);
        string folder = Path.GetDirectoryName(runs)!;
        return new VidurCase(run, run.Requests(folder), run.Times(folder));
    }
}
