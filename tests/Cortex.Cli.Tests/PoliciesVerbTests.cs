using Cortex.Policies.Registry;

namespace Cortex.Cli.Tests;

public sealed class PoliciesVerbTests
{
    [Fact]
    public void All_policies_are_listed_with_rule_source_and_options()
    {
        Outcome outcome = Command.Run("policies");
        Assert.Equal(0, outcome.ExitCode);
        Assert.All(new PolicyRegistry().Policies, policy =>
        {
            Assert.Contains($"  {policy.Name} ", outcome.Output);
            Assert.Contains(policy.Rule, outcome.Output);
            Assert.Contains(policy.Source, outcome.Output);
            Assert.All(policy.Options, option => Assert.Contains($"{option.Name}: {option.Default} ", outcome.Output));
        });
    }
}
