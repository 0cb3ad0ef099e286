using System.Reflection;
using Cortex.Testing;
using Xunit.Sdk;

namespace Cortex.Peers.Tests.Vidur;

/// <summary>One row per run of each <c>runs.json</c> in the shared folder <c>peers/vidur</c> and below: that file and the run's name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedVidurRunsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from file in Shared.Files("peers/vidur", "runs.json")
        from run in VidurRun.ReadAll(Path.Combine(Shared.PathOf("peers/vidur"), file))
        select new object[] { file, run.Name };
}
