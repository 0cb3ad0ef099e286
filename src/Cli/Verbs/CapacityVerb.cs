using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex capacity</c>: the largest load at which each policy set meets the SLO.</summary>
internal static class CapacityVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        Argument<string?> file = CommonOptions.File();
        Option<string[]> set = CommonOptions.Set();
        Option<string[]> where = CommonOptions.Where();
        Option<int?> jobs = CommonOptions.Count("--jobs", "Cells at a time; left out: one for each processor. Never changes a number.");
        Option<int?> repeat = CommonOptions.Count("--repeat", "Repetitions, each searched by itself; left out: as the file says.");
        Option<string> results = CommonOptions.Results();
        var verb = new Verb(
            "capacity", "Find the largest load that meets the SLO, for every policy set, by bisection. An interrupted search goes on when started again.",
            "capacity experiments/quickstart.yaml --set policies=baseline,prefix --repeat 2")
        {
            file, set, where, jobs, repeat, results,
        };
        verb.SetAction(parsed => CapacityCommand.Run(
            new CapacityOptions
            {
                File = parsed.GetValue(file),
                Set = parsed.GetValue(set)!,
                EnvironmentSet = surroundings.EnvironmentSet,
                Where = parsed.GetValue(where)!,
                Jobs = parsed.GetValue(jobs),
                Repeat = parsed.GetValue(repeat),
                ResultsFolder = parsed.GetValue(results)!,
                CommandLine = surroundings.CommandLine,
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
