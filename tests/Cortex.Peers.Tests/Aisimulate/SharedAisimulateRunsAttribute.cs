using System.Reflection;
using Cortex.Testing;
using Xunit.Sdk;

namespace Cortex.Peers.Tests.Aisimulate;

/// <summary>One row per run of each <c>runs.json</c> in the shared folder <c>peers/aisimulate</c> and below: that file and the run's name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedAisimulateRunsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from file in Shared.Files("peers/aisimulate", "runs.json")
        from run in AisimulateRun.ReadAll(Path.Combine(Shared.PathOf("peers/aisimulate"), file))
        select new object[] { file, run.Name };
}
