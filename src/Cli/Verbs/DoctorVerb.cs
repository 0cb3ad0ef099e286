using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex doctor</c>: what this machine has of all that commands use.</summary>
internal static class DoctorVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        Option<string> results = CommonOptions.Results();
        var verb = new Verb("doctor", "Look what commands find on this machine, and what is left out where something is missing.", "doctor") { results };
        verb.SetAction(parsed => Doctor.Run(parsed.GetValue(results)!, surroundings.EnvironmentSet, surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
