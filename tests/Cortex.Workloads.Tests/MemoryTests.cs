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

    [Fact]
    public void Going_through_a_trace_takes_no_more_memory_the_longer_it_is()
    {
        const int Workflows = 200_000;
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream output = System.IO.File.Create(path))
            using (AgentflowWriter writer = new(output))
            {
                writer.Write(new AgentflowHeader { Closed = false, Streams = [new("g:sys", 500)] });
                for (int i = 0; i < Workflows; i++)
                {
                    writer.Write(new AgentflowWorkflow
                    {
                        Id = $"w{i}", ArrivalNs = i * 1_000_000L,
                        Nodes = [new() { Kind = NodeKind.Llm, Prompt = [new("g:sys", 0, 500), new("u:0", 0, 100 + i % 900)], Out = 1 + i % 300 }],
                    });
                }
            }
            using AgentflowReader reader = AgentflowReader.Open(path);
            TraceStatistics statistics = new(reader.Header, 16);
            long early = 0;
            while (reader.Next() is { } workflow)
            {
                statistics.Add(workflow);
                early = statistics.Workflows == Workflows / 20 ? GC.GetTotalMemory(forceFullCollection: true) : early;
            }
            Assert.Equal(Workflows, statistics.Workflows);
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - early, long.MinValue, 1_000_000);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
