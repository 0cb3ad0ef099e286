using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Writes traces of made-up workflows in the agentflow format. Same profile, seed and count, same bytes, on every machine.</summary>
public static class WorkloadGenerator
{
    private const double UsualRate = 2;

    /// <summary>The programs that it knows.</summary>
    public static IReadOnlyCollection<string> Programs => [.. Defaults.Select(program => program.Name)];

    private static ProgramProfile[] Defaults => [new Nl2SqlProfile(), new ReActProfile(), new ResearchProfile(), new ChatProfile()];

    /// <summary>A program with its defaults, Poisson arrivals, 2 a second.</summary>
    /// <exception cref="ArgumentException">The program is not known; the message names the nearest.</exception>
    public static WorkloadProfile Profile(string program) => new(
        Defaults.FirstOrDefault(known => known.Name == program) ?? throw new ArgumentException(NearestName.Unknown("program", program, Programs)),
        new ArrivalProcess.Poisson(UsualRate));

    /// <summary>Writes a trace of a program with its defaults.</summary>
    /// <param name="program">One of <see cref="Programs"/>.</param>
    /// <param name="seed">Seed of all that is drawn.</param>
    /// <param name="workflows">Number of workflows, at least 1.</param>
    /// <param name="output">Where the JSON lines go; left open.</param>
    /// <exception cref="ArgumentException">The program is not known; the message names the nearest.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No workflow is asked for.</exception>
    public static void Write(string program, ulong seed, int workflows, Stream output) => Write(Profile(program), program, seed, workflows, output);

    /// <summary>Writes a trace.</summary>
    /// <param name="profile">What to make.</param>
    /// <param name="name">How the profile is asked for on the command line, for the header.</param>
    /// <param name="seed">Seed of all that is drawn.</param>
    /// <param name="workflows">Number of workflows, at least 1.</param>
    /// <param name="output">Where the JSON lines go; left open.</param>
    /// <param name="cancellation">Stops between two workflows.</param>
    /// <exception cref="ArgumentOutOfRangeException">No workflow is asked for.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(WorkloadProfile profile, string name, ulong seed, int workflows, Stream output, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workflows, 1);
        Draws draws = Draws.Of(profile.Program.Name, seed);
        IProgram program = profile.Program.Make(draws);
        using AgentflowWriter writer = new(output);
        writer.Write(new AgentflowHeader
        {
            Closed = profile.Arrivals is ArrivalProcess.Closed,
            Source = string.Create(CultureInfo.InvariantCulture, $"cortex trace generate {name} --seed {seed} --workflows {workflows}"),
            Notes = "generated, not recorded; what is behind a guard stands in it with its truth",
            Streams = program.Streams,
            Tools = program.Tools,
            Programs = [Rounded(program.Declaration)],
        });
        ArrivalDraw arrivals = new(profile.Arrivals, draws.Arrivals);
        for (int i = 0; i < workflows; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            long? arrival = arrivals.Next();
            AgentflowWorkflow workflow = program.Next(i);
            workflow.ArrivalNs = arrival;
            writer.Write(workflow);
        }
    }

    /// <summary>Priors are declared to six decimals.</summary>
    private static AgentflowProgram Rounded(AgentflowProgram program) => program with
    {
        Stages = [.. program.Stages.Select(stage => stage with
        {
            Next = [.. stage.Next.Select(branch => branch with { Prior = Math.Round(branch.Prior, 6, MidpointRounding.ToEven) })],
        })],
    };
}
