using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex report</c>: figures and the page of a results folder, made again.</summary>
internal static class ReportVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var folder = new Argument<string>("folder") { Description = "A folder that sweep or run wrote, such as results/quickstart." };
        Option<int?> jobs = CommonOptions.Count("--jobs", "Files at a time; left out: one for each processor.");
        var verb = new Verb("report", "Make report.html and the figures of a results folder again.", "run --set workload.load=4", "report results/quickstart/run") { folder, jobs };
        verb.SetAction(parsed => Reporting.Run(
            new ReportOptions { Folder = parsed.GetValue(folder)!, Jobs = parsed.GetValue(jobs) }, surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
