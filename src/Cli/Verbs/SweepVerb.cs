using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex sweep</c>: policy sets × axes × repetitions, compared.</summary>
internal static class SweepVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        Argument<string?> file = CommonOptions.File();
        Option<string[]> set = CommonOptions.Set();
        Option<string[]> where = CommonOptions.Where();
        Option<string[]> assert = CommonOptions.Assert();
        Option<int?> jobs = CommonOptions.Count("--jobs", "Cells at a time; left out: one for each processor. Never changes a number.");
        Option<int?> repeat = CommonOptions.Count("--repeat", "Repetitions; left out: as the file says.");
        var shard = new Option<string?>("--shard")
        {
            Description = "Compute only the i-th of n parts of the cells, for many machines; --merge puts the results together.", HelpName = "i/n",
        };
        var merge = new Option<string[]>("--merge")
        {
            Description = "Take finished cells over from these results folders.",
            HelpName = "folder",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var plan = new Option<bool>("--plan") { Description = "Check all input, list the cells with their resolved settings, and run nothing." };
        Option<string> results = CommonOptions.Results();
        var verb = new Verb("sweep", "Run every policy set at every point of the axes, repeated; compare, tabulate, draw.", "sweep experiments/quickstart.yaml")
        {
            file, set, where, assert, jobs, repeat, shard, merge, plan, results,
        };
        verb.SetAction(parsed => Sweep.Run(
            new SweepOptions
            {
                File = parsed.GetValue(file),
                Set = parsed.GetValue(set)!,
                EnvironmentSet = surroundings.EnvironmentSet,
                Where = parsed.GetValue(where)!,
                Assert = parsed.GetValue(assert)!,
                Jobs = parsed.GetValue(jobs),
                Repeat = parsed.GetValue(repeat),
                Shard = parsed.GetValue(shard),
                Merge = parsed.GetValue(merge)!,
                Plan = parsed.GetValue(plan),
                ResultsFolder = parsed.GetValue(results)!,
                CommandLine = surroundings.CommandLine,
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
