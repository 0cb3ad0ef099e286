using Cortex.Experiments.Config;
using Cortex.Policies.Registry;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class QuickstartTests
{
    [Fact]
    public void The_quickstart_compares_four_policy_sets_at_six_loads_five_times()
    {
        string file = Path.Combine(Shared.Solution, "experiments", "quickstart.yaml");
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(file, []);
        Assert.Equal("quickstart", experiment.Name);
        Assert.True(experiment.PolicySets.Count >= 4);
        Assert.True(experiment.Points.Count >= 6);
        Assert.True(experiment.Repeat >= 5);
        Assert.Equal(Arrivals.Poisson, experiment.Points[0].Settings.Workload.Arrivals);
    }
}
