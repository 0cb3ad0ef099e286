using Xunit;

namespace Cortex.Architecture.Tests;

/// <summary>The checks for determinism cover the projects that need them, and nobody has switched them off there.</summary>
public sealed class DeterminismTests
{
    /// <summary>Where objects that are used again come from the thread, since nothing else is at hand; they decide nothing.</summary>
    private const string Exempt = "src/Sim/Kernel/Processes/PerThread.cs";

    private static readonly string[] Deterministic = ["Policies", "Serving", "Workloads", "CostModels", "Sim"];

    [Fact]
    public void The_analyzers_cover_every_layer_below_the_simulator_and_itself() =>
        Assert.Equal(
            Deterministic.Select(name => "Cortex." + name).Order(StringComparer.Ordinal),
            Repository.Xml("Directory.Build.targets").Descendants("DeterministicProjects").Single().Value
                .Split(';', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    [Fact]
    public void No_source_or_project_switches_a_rule_off()
    {
        string[] files = [.. Deterministic.SelectMany(name => Repository.Files($"src/{name}", "*.cs").Concat(Repository.Files($"src/{name}", "*.csproj"))), ".editorconfig"];
        Assert.DoesNotContain(files, path => path != Exempt && File.ReadLines(Path.Combine(Repository.Root, path))
            .Any(line => line.Contains("RS0030", StringComparison.Ordinal) || line.Contains("CX0001", StringComparison.Ordinal)));
    }
}
