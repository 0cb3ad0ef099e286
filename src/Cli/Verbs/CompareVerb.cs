using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex compare</c>: two results folders.</summary>
internal static class CompareVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var first = new Argument<string>("first") { Description = "A results folder of cortex sweep or cortex run: the baseline." };
        var second = new Argument<string>("second") { Description = "The results folder that is compared with it." };
        var csv = new Option<string?>("--csv") { Description = "Write every difference, with intervals, to this file.", HelpName = "file" };
        var verb = new Verb(
            "compare", "Compare two results folders row by row: differences paired by seed, with intervals.",
            "run experiments/quickstart.yaml --results before", "run experiments/quickstart.yaml --results after --policy prefix", "compare before/quickstart/run after/quickstart/run")
        {
            first, second, csv,
        };
        verb.SetAction(parsed => Compare.Run(
            new CompareOptions { First = parsed.GetValue(first)!, Second = parsed.GetValue(second)!, Csv = parsed.GetValue(csv) },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
