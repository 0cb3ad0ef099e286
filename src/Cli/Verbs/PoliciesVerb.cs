using Cortex.Experiments;
using Cortex.Policies.Registry;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex policies</c>: what experiment files may name on each axis.</summary>
internal static class PoliciesVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var verb = new Verb("policies", "List the policies of each axis: rule, source, options with their defaults.", "policies");
        verb.SetAction(_ =>
        {
            Write(new PolicyRegistry(), surroundings.Output);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static void Write(PolicyRegistry registry, TextWriter output)
    {
        foreach (PolicyAxis axis in PolicyAxis.All)
        {
            output.WriteLine($"{axis.Name} (default {axis.Default})");
            foreach (PolicyDescription policy in registry.Policies.Where(policy => policy.Axis == axis))
            {
                output.WriteLine($"  {policy.Name,-16}{policy.Rule}");
                output.WriteLine($"  {"",-16}Source: {policy.Source}.");
                foreach (PolicyOption option in policy.Options)
                {
                    output.WriteLine($"  {"",-16}{option.Name}: {option.Default} | {option.Meaning} ({option.Allowed})");
                }
            }
            output.WriteLine();
        }
    }
}
