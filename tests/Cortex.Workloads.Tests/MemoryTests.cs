using Cortex.Testing;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Measures the heap of the whole process, so no other test may run beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class MemoryTests
{
    private const string File = "traces/weka-claude-code/sessions_v8_local.jsonl.gz";

    [SharedFact(File)]
    public void A_trace_of_six_billion_tokens_takes_a_few_megabytes()
    {
        string path = Shared.PathOf(File);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Workload workload = TraceFile.Load(path);
        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(taken, 1_000_000, 40_000_000);
        GC.KeepAlive(workload);
    }
}
