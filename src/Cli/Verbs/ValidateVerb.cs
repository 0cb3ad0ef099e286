using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex validate</c>: one workload live and simulated, and how far they lie apart.</summary>
internal static class ValidateVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "The experiment file: engines of kind cpu, costs fitted by cortex calibrate." };
        Option<string[]> set = CommonOptions.Set();
        Option<int?> repeat = CommonOptions.Count("--repeat", "Repetitions; left out: as the file says.");
        var strict = new Option<bool>("--strict") { Description = "Exit code 1 if a time is further off than it may be." };
        Option<string> results = CommonOptions.Results();
        var verb = new Verb(
            "validate", "Play every policy set at every load live and simulated, and say how far the simulation is off, where, and whether it ranks policies alike.",
            "calibrate experiments/live-quickstart.yaml -o step-times.json --rounds 3",
            "validate experiments/live-quickstart.yaml --set costs.model=fitted costs.file=step-times.json --repeat 1")
        {
            file, set, repeat, strict, results,
        };
        verb.SetAction(parsed => Validate.Run(
            new ValidateOptions
            {
                File = parsed.GetValue(file)!,
                Set = parsed.GetValue(set)!,
                EnvironmentSet = surroundings.EnvironmentSet,
                Repeat = parsed.GetValue(repeat),
                Strict = parsed.GetValue(strict),
                ResultsFolder = parsed.GetValue(results)!,
                CommandLine = surroundings.CommandLine,
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
