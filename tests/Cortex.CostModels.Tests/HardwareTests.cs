using Xunit;

namespace Cortex.CostModels.Tests;

public sealed class HardwareTests
{
    [Theory]
    [InlineData("llama-3-8b", 8_030_261_248)]
    [InlineData("qwen2.5-7b", 7_615_616_512)]
    [InlineData("llama-3.1-70b", 70_553_706_496)]
    public void Parameters_are_the_published_number(string model, long parameters) =>
        Assert.Equal(parameters, HardwareCatalog.Model(model).Parameters);

    [Theory]
    [InlineData("llama-3-8b", 1, 131_072)]
    [InlineData("qwen2.5-7b", 1, 57_344)]
    [InlineData("llama-3.1-70b", 1, 327_680)]
    [InlineData("llama-3.1-70b", 4, 81_920)]
    [InlineData("qwen2.5-7b", 4, 14_336)]
    public void KV_of_a_token_is_divided_among_the_ranks(string model, int tensorParallel, long bytes) =>
        Assert.Equal(bytes, HardwareCatalog.Model(model).KvBytesPerToken(tensorParallel));

    [Fact]
    public void Every_description_says_where_it_comes_from()
    {
        Assert.Equal(["a100", "h100", "h200"], HardwareCatalog.Gpus);
        Assert.Equal(["llama-3-8b", "llama-3.1-70b", "qwen2.5-7b"], HardwareCatalog.Models);
        Assert.All(HardwareCatalog.Gpus, name => Assert.True(HardwareCatalog.Gpu(name) is { Source.Length: > 20 } gpu && gpu.Name == name));
        Assert.All(HardwareCatalog.Models, name => Assert.True(HardwareCatalog.Model(name) is { Source.Length: > 20 } model && model.Name == name));
    }

    [Fact]
    public void An_unknown_name_is_an_error_that_names_the_nearest()
    {
        Assert.Equal("unknown GPU 'h10O'; the nearest is 'h100'; known: a100, h100, h200",
            Assert.Throws<CostModelException>(() => HardwareCatalog.Gpu("h10O")).Message);
        Assert.Contains("'llama-3-8b'", Assert.Throws<CostModelException>(() => HardwareCatalog.Model("lama3-8b")).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// KV memory that vLLM printed at start for an 8B Llama in 16 bits at 0.9 of the GPU (with tp 2, what its printed parts leave): a GPU of 79.22 GiB
    /// (vllm-project/vllm pull request 10511), and a 24 GB GPU.
    /// </summary>
    [Theory]
    [InlineData(79.22, 1, 8192, 53.29)]
    [InlineData(79.22, 2, 8192, 58.97)]
    [InlineData(24, 1, 2048, 5.29)]
    public void KV_memory_is_within_5_percent_of_what_servers_printed(double memory, int tensorParallel, int batchedTokens, double printed)
    {
        const double GiB = 1L << 30;
        GpuDescription gpu = HardwareCatalog.Gpu("h100") with { MemoryBytes = (long)(memory * GiB) };
        KvCapacity capacity = KvCapacity.Of(gpu, HardwareCatalog.Model("llama-3-8b"), tensorParallel, 16, batchedTokens, 256);
        Assert.InRange(capacity.NumBlocks * 16 * capacity.BytesPerToken / GiB / printed, 0.95, 1.05);
    }

    [Theory]
    [InlineData("a100", "llama-3-8b", 1)]
    [InlineData("h200", "qwen2.5-7b", 4)]
    [InlineData("h100", "llama-3.1-70b", 4)]
    public void Blocks_fill_what_the_rest_leaves(string gpu, string model, int tensorParallel)
    {
        KvCapacity capacity = Capacity(gpu, model, tensorParallel);
        long used = capacity.WeightBytes + capacity.ActivationBytes + capacity.RuntimeBytes + (capacity.NumBlocks * 16 * capacity.BytesPerToken);
        Assert.InRange(capacity.BudgetBytes - used, 0, (16 * capacity.BytesPerToken) - 1);
    }

    [Fact]
    public void A_model_that_does_not_fit_is_refused_with_the_sum()
    {
        CostModelException error = Assert.Throws<CostModelException>(() => Capacity("h100", "llama-3.1-70b", 1));
        Assert.StartsWith("llama-3.1-70b with tp 1 does not fit on h100: weights 131.4 GiB", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_share_of_the_GPU_that_is_none_is_refused(double share) => Assert.Throws<CostModelException>(
        () => KvCapacity.Of(HardwareCatalog.Gpu("h100"), HardwareCatalog.Model("llama-3-8b"), 1, 16, 8192, 1024, share));

    [Theory]
    [InlineData("a100", 2048, 256)]
    [InlineData("h100", 8192, 1024)]
    [InlineData("h200", 8192, 1024)]
    public void Defaults_depend_on_the_GPU_as_in_vLLM(string gpu, int tokens, int sequences) =>
        Assert.Equal(new EngineDefaults(tokens, sequences), EngineDefaults.For(HardwareCatalog.Gpu(gpu)));

    private static KvCapacity Capacity(string gpu, string model, int tensorParallel)
    {
        GpuDescription device = HardwareCatalog.Gpu(gpu);
        EngineDefaults defaults = EngineDefaults.For(device);
        return KvCapacity.Of(device, HardwareCatalog.Model(model), tensorParallel, 16, defaults.MaxNumBatchedTokens, defaults.MaxNumSeqs);
    }
}
