using Cortex.Policies.Registry;
using Cortex.Policies.Routing;

namespace Cortex.Policies.Tests;

public sealed class RegistryTests
{
    private readonly PolicyRegistry registry = new();

    [Fact]
    public void Axes_that_are_not_named_get_their_defaults()
    {
        PolicySet set = registry.Build(new Dictionary<string, PolicyRequest>());
        Assert.Equal(["pooling shared", "routing least-work", "scheduling fcfs"], set.Resolved.Select(policy => $"{policy.Axis} {policy.Name}"));
        Assert.IsType<LeastWork>(set.Routing);
    }

    [Fact]
    public void Resolved_options_hold_what_was_given_and_the_defaults()
    {
        PolicySet set = registry.Build(Request("routing", "prefix-aware", ("balance_rel", "2.5")));
        Assert.Equal(["balance_abs=64", "balance_rel=2.5"], set.Resolved[1].Options.Select(option => $"{option.Key}={option.Value}"));
    }

    [Fact]
    public void A_resolved_set_builds_itself_again()
    {
        foreach (PolicyDescription policy in registry.Policies)
        {
            (_, ResolvedPolicy first) = policy.Create(new Dictionary<string, string>());
            (_, ResolvedPolicy second) = policy.Create(new Dictionary<string, string>(first.Options));
            Assert.Equal(first.Options, second.Options);
        }
    }

    [Theory]
    [InlineData("ruoting", "x", "", "", "unknown policy axis 'ruoting'; the nearest is 'routing'; known: pooling, routing, scheduling")]
    [InlineData("scheduling", "fcsf", "", "", "unknown scheduling policy 'fcsf'; the nearest is 'fcfs'; known: fcfs, priority, shortest-first")]
    [InlineData("routing", "prefix-aware", "balance", "1", "routing prefix-aware: unknown option 'balance'; the nearest is 'balance_abs'; known: balance_abs, balance_rel")]
    [InlineData("routing", "random", "seed", "1", "routing random: takes no options, but 'seed' is given")]
    [InlineData("routing", "prefix-aware", "balance_rel", "0.5", "routing prefix-aware: balance_rel is '0.5'; allowed: a number from 1")]
    [InlineData("routing", "prefix-aware", "balance_rel", "NaN", "routing prefix-aware: balance_rel is 'NaN'; allowed: a number from 1")]
    [InlineData("routing", "session-sticky", "max_imbalance", "1.5", "routing session-sticky: max_imbalance is '1.5'; allowed: a whole number from 0, or off")]
    public void Faults_name_what_is_meant_and_what_is_allowed(string axis, string name, string key, string value, string message)
    {
        (string, string)[] options = key.Length > 0 ? [(key, value)] : [];
        Assert.Equal(message, Assert.Throws<PolicyException>(() => registry.Build(Request(axis, name, options))).Message);
    }

    [Fact]
    public void Every_policy_says_its_rule_in_one_sentence_and_names_its_source() =>
        Assert.All(registry.Policies, policy =>
        {
            Assert.Matches("^[A-Z].*\\.$", policy.Rule);
            Assert.DoesNotContain(". ", policy.Rule);
            Assert.NotEmpty(policy.Source);
            Assert.Matches("^[a-z]+(-[a-z]+)*$", policy.Name);
        });

    [Fact]
    public void Each_axis_has_its_default() =>
        Assert.All(PolicyAxis.All, axis => Assert.Equal(axis.Default, registry.Find(axis, axis.Default).Name));

    private static Dictionary<string, PolicyRequest> Request(string axis, string name, params (string Key, string Value)[] options) =>
        new() { [axis] = new PolicyRequest(name, options.ToDictionary(option => option.Key, option => option.Value)) };
}
