using Cortex.Runtime.Cpu.Threads;
using Xunit;

namespace Cortex.Cpu.Tests.Threads;

/// <summary>A thread that leaves a core may come back.</summary>
public sealed class CoresTests
{
    [Fact]
    public void Leaving_a_core_takes_no_core_away_for_good()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Equal(Cores.Unknown, Cores.Current);
            return;
        }
        string before = Allowed();
        Assert.True(Cores.Current >= 0);
        Cores.Leave(Cores.Current);
        Cores.Leave(Cores.Unknown);
        Assert.Equal(before, Allowed());
    }

    private static string Allowed() => File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));
}
