using Cortex.Peers.Tests.Vllm;
using Cortex.Peers.Tests.Vllm.Plain;
using Cortex.Testing;

namespace Cortex.Peers.Tests;

/// <summary>The plain reference decides as the real vLLM did, in every element of every line of every recorded run.</summary>
public sealed class VllmPlainReferenceTests
{
    [SharedTheory("peers/vllm/*.jsonl.gz")]
    [SharedFiles("peers/vllm", "*.jsonl.gz")]
    public void The_plain_reference_decides_as_vLLM_did(string file)
    {
        VllmLog log = VllmLogReader.Read(Path.Combine(Shared.PathOf("peers/vllm"), file));
        VllmComparison.AssertDecidesAs(log, new PlainVllm(log.Config, log.Release));
    }
}
