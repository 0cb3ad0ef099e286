using System.CommandLine;
using Cortex.Experiments.Benchmarks;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex bench</c>: how fast the product itself is. Each measurement runs in a process of its own, by a hidden command.</summary>
internal static class BenchVerb
{
    private const string Measure = "measure";

    public static Verb Create(Surroundings surroundings) =>
        new("bench", "Measure the speed and the memory of the product itself.", "bench sim --figure step_1024_over_8 --repeat 1")
        {
            Suite(surroundings, "sim", "Speed and memory of the simulator, against what they should be.", BenchSuite.Sim, "bench sim --figure step_1024_over_8 --repeat 1"),
            Suite(surroundings, "kernel", "What the event kernel costs by itself, against callbacks.", BenchSuite.Kernel, "bench kernel --repeat 1"),
            Suite(surroundings, "report", "From command to report, started cold.", BenchSuite.Report, "bench report --figure quickstart_to_report_s --repeat 1"),
            Suite(surroundings, "runtime", "Speed of the CPU engine, against what the machine can do.", BenchSuite.Runtime, "bench runtime --figure prefill_512_over_peak --repeat 1"),
            Suite(surroundings, "trace", "How fast traces are read and imported.", BenchSuite.Trace, "bench trace --repeat 1"),
            MeasureOnce(surroundings),
        };

    private static Verb Suite(Surroundings surroundings, string name, string description, BenchSuite suite, string example)
    {
        Option<string?> data = Data();
        var json = new Option<bool>("--json") { Description = "Print one JSON object with the figures by name, null where skipped." };
        var figures = new Option<string[]>("--figure")
        {
            Description = $"The figures to measure; left out: all. {string.Join(", ", suite.FigureNames)}.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<int?> repeat = CommonOptions.Count("--repeat", "Rounds, each in fresh processes; medians are printed. Left out: 5.");
        var verb = new Verb(name, description, example) { data, json, figures, repeat };
        verb.SetAction(parsed =>
        {
            var options = new BenchOptions { Data = parsed.GetValue(data), Json = parsed.GetValue(json), Figures = parsed.GetValue(figures)! };
            return Bench.Run(
                suite, parsed.GetValue(repeat) is { } rounds ? options with { Repeat = rounds } : options,
                apart => OwnProcess.Run(
                    ["bench", Measure, apart.Name, .. (apart.Data is { } folder ? (string[])["--data", folder] : [])], apart.Environment, surroundings.Cancellation),
                surroundings.Output, surroundings.Errors, surroundings.Cancellation);
        });
        return verb;
    }

    private static Verb MeasureOnce(Surroundings surroundings)
    {
        var name = new Argument<string>("measurement");
        Option<string?> data = Data();
        var verb = new Verb(Measure, "Take one measurement in this process.", "bench measure step") { name, data };
        verb.Hidden = true;
        verb.SetAction(parsed => Bench.MeasureOnce(
            parsed.GetValue(name)!, parsed.GetValue(data), surroundings.Output, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }

    private static Option<string?> Data() => new("--data")
    {
        Description = "Folder of reference data, with traces/ and peers/; left out: the environment variable CORTEX_SHARED, else ../shared beside the solution.",
        HelpName = "folder",
    };
}
