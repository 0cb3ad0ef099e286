using Cortex.Peers.Tests.Vllm;
using Cortex.Peers.Tests.Vllm.Plain;
using Cortex.Testing;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The plain reference decides as the real vLLM did, in every element of every line of every recorded run.</summary>
public sealed class VllmPlainReferenceTests
{
    [SharedTheory("peers/vllm/*.jsonl.gz")]
    [SharedFiles("peers/vllm", "*.jsonl.gz")]
    public void The_plain_reference_decides_as_vLLM_did(SharedFile file) => Check(Path.Combine(Shared.PathOf("peers/vllm"), file));

    [Theory]
    [MemberData(nameof(ProjectData.VllmLogs), MemberType = typeof(ProjectData))]
    public void The_plain_reference_decides_as_vLLM_did_in_the_extract(string file) => Check(ProjectData.PathOf($"vllm/{file}"));

    private static void Check(string path)
    {
        VllmLog log = VllmLogReader.Read(path);
        VllmComparison.AssertDecidesAs(log, new PlainVllm(log.Config, log.Release));
    }
}
