using Cortex.Peers.Tests.Product;
using Cortex.Peers.Tests.Vllm;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>A log that asks for what nobody here heeds is refused by name, and not compared.</summary>
public sealed class VllmLogReaderTests
{
    private const string Header =
        """{"format":"vllm-sched-log/1","run":"r","vllm":"0.28.1rc2+cpu","config":{"num_blocks":9,"max_num_batched_tokens":8,"max_num_seqs":4,"max_model_len":64}}""";

    [Fact]
    public void Settings_left_out_are_vLLMs_defaults_and_a_release_may_be_a_candidate()
    {
        VllmLog log = Read(Header);
        Assert.Equal(new Version(0, 28, 1), log.Release);
        Assert.Equal(new VllmConfig { NumBlocks = 9, MaxNumBatchedTokens = 8, MaxNumSeqs = 4, MaxModelLen = 64 }, log.Config);
    }

    [Theory]
    [InlineData("\"max_model_len\":64", "\"max_model_len\":64,\"num_lookahead_tokens\":1", "num_lookahead_tokens")]
    [InlineData("\"num_blocks\":9,", "", "num_blocks")]
    [InlineData("log/1", "log/2", "format vllm-sched-log/2, allowed vllm-sched-log/1")]
    [InlineData("}}", "}}\n[\"X\",1]", ":2: line kind X, allowed R and S")]
    public void What_the_format_does_not_know_is_refused(string from, string to, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(Header.Replace(from, to))).Message);

    [Fact]
    public void A_policy_that_is_none_of_the_two_is_refused()
    {
        VllmLog log = Read(Header.Replace("\"num_blocks\"", "\"policy\":\"lifo\",\"num_blocks\""));
        Assert.Contains("policy lifo", Assert.Throws<NotSupportedException>(() => new CoreVllm(log.Config, log.Release)).Message);
    }

    private static VllmLog Read(string text)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return VllmLogReader.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
