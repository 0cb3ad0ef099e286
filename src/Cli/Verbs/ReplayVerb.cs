using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex replay</c>: the facts of a journal once more; the decisions must be the same.</summary>
internal static class ReplayVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var journal = new Argument<string>("journal") { Description = "A file that cortex run --journal has written." };
        var free = new Option<bool>("--free")
        {
            Description = "Also simulate the recorded inputs and step times freely, and print how far the decisions agree.",
        };
        var verb = new Verb(
            "replay", "Replay a journal: exit code 0 if the core decides again as it says, 1 with the first difference if not.",
            "run experiments/quickstart.yaml --journal run.journal", "replay run.journal --free")
        {
            journal, free,
        };
        verb.SetAction(parsed => Replay.Run(
            new ReplayOptions { Journal = parsed.GetValue(journal)!, Free = parsed.GetValue(free) },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
