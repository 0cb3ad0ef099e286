using System.Text;

namespace Cortex.Workloads.Tests;

/// <summary>Generated traces in memory.</summary>
internal static class Generating
{
    public static byte[] Bytes(WorkloadProfile profile, ulong seed, int workflows)
    {
        using MemoryStream output = new();
        WorkloadGenerator.Write(profile, "test", seed, workflows, output);
        return output.ToArray();
    }

    public static byte[] Bytes(ProgramProfile program, ulong seed, int workflows) => Bytes(new WorkloadProfile(program, new ArrivalProcess.Poisson(2)), seed, workflows);

    public static string[] Lines(ProgramProfile program, ulong seed, int workflows) =>
        Encoding.UTF8.GetString(Bytes(program, seed, workflows)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Workload Load(WorkloadProfile profile, ulong seed, int workflows) => TraceFile.Load(Bytes(profile, seed, workflows), "generated.jsonl");

    public static Workload Load(ProgramProfile program, ulong seed, int workflows) => TraceFile.Load(Bytes(program, seed, workflows), "generated.jsonl");

    /// <summary>Seconds between neighbouring arrivals, the first from 0.</summary>
    public static double[] Gaps(ArrivalProcess process, ulong seed, int count)
    {
        // One call each, so that many arrivals take little time.
        ChatProfile single = new() { Turns = 1, MostTurns = 1 };
        double[] arrivals = [.. Load(new WorkloadProfile(single, process), seed, count).Workflows.Select(workflow => workflow.Arrival!.Value.Seconds)];
        return [.. arrivals.Select((at, i) => i == 0 ? at : at - arrivals[i - 1])];
    }
}
