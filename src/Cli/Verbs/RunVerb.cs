using System.CommandLine;
using System.Globalization;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex run</c>: one policy set at one load, once.</summary>
internal static class RunVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        Argument<string?> file = CommonOptions.File();
        Option<string[]> set = CommonOptions.Set();
        Option<string[]> assert = CommonOptions.Assert();
        var policy = new Option<string?>("--policy") { Description = "Name of the policy set; left out: the experiment's baseline.", HelpName = "set" };
        var journal = new Option<string?>("--journal") { Description = "Write every fact and decision to this file, for cortex replay.", HelpName = "file" };
        var timeline = new Option<string?>("--timeline")
        {
            Description = "Write the run's timeline to this file (Chrome trace-event JSON): open it at ui.perfetto.dev.",
            HelpName = "file",
        };
        foreach (Option<string?> path in (Option<string?>[])[journal, timeline])
        {
            path.Validators.Add(result => CommonOptions.Require(result, CommonOptions.Value(result).Length > 0, "the name of a file"));
        }
        var live = new Option<bool>("--live") { Description = "Run in real time instead of simulated: on engines that compute their model, or take as long as the cost model says." };
        var speed = new Option<double?>("--speed") { Description = "With --live: seconds of the run in a second, 1 if left out.", HelpName = "factor" };
        speed.Validators.Add(result => CommonOptions.Require(
            result,
            double.TryParse(CommonOptions.Value(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double factor) && RunOptions.IsSpeed(factor),
            RunOptions.AllowedSpeed));
        Option<string> results = CommonOptions.Results();
        var verb = new Verb("run", "Run one policy set at one load, once, and write every call down.", "run experiments/quickstart.yaml --set workload.load=1")
        {
            file, set, assert, policy, journal, timeline, live, speed, results,
        };
        verb.SetAction(parsed => SingleRun.Run(
            new RunOptions
            {
                File = parsed.GetValue(file),
                Set = parsed.GetValue(set)!,
                EnvironmentSet = surroundings.EnvironmentSet,
                Assert = parsed.GetValue(assert)!,
                PolicySet = parsed.GetValue(policy),
                Journal = parsed.GetValue(journal),
                Timeline = parsed.GetValue(timeline),
                Live = parsed.GetValue(live),
                Speed = parsed.GetValue(speed),
                ResultsFolder = parsed.GetValue(results)!,
                CommandLine = surroundings.CommandLine,
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
