using Cortex.Policies;
using Xunit;

namespace Cortex.CostModels.Tests;

public sealed class RooflineTests
{
    [Theory]
    [InlineData("a100", "llama-3-8b", 1)]
    [InlineData("h100", "llama-3-8b", 1)]
    [InlineData("h200", "qwen2.5-7b", 1)]
    [InlineData("h200", "llama-3.1-70b", 2)]
    public void Decode_at_batch_1_takes_about_the_time_to_read_the_weights(string gpu, string model, int tensorParallel)
    {
        GpuDescription device = HardwareCatalog.Gpu(gpu);
        double read = HardwareCatalog.Model(model).WeightBytes(tensorParallel) / device.MemoryBandwidth;
        Assert.InRange(Shapes.Roofline(gpu, model, tensorParallel).Decode(1, 100) / read, 1.0, 1.6);
    }

    [Fact]
    public void A_long_prefill_takes_about_the_time_of_its_arithmetic()
    {
        double flops = 2.0 * HardwareCatalog.Model("llama-3-8b").Parameters * 8192;
        Assert.InRange(Shapes.Roofline("h100", "llama-3-8b").Prefill(new PrefillChunk(0, 8192)) / (flops / 989e12), 1.1, 1.6);
    }

    [Fact]
    public void More_tokens_context_or_rows_never_take_less_time()
    {
        RooflineCost cost = Shapes.Roofline("h100", "llama-3-8b");
        for (int size = 1; size < 3_000; size++)
        {
            Assert.True(cost.Decode(8, size) <= cost.Decode(8, size + 1));
            Assert.True(cost.Decode(size, 500_000) <= cost.Decode(size + 1, 500_000));
            Assert.True(cost.Prefill(new PrefillChunk(0, size)) < cost.Prefill(new PrefillChunk(0, size + 1)));
            Assert.True(cost.Prefill(new PrefillChunk(size, 512)) < cost.Prefill(new PrefillChunk(size + 1, 512)));
            Assert.True(cost.Decode(8, 8L * size) < cost.Mixed(8, 8L * size, new PrefillChunk(0, size)));
        }
    }

    [Fact]
    public void Two_chunks_of_a_prompt_take_longer_than_one() => Assert.True(
        Shapes.Roofline("h100", "llama-3-8b").Prefill(new PrefillChunk(0, 2048))
        < Shapes.Roofline("h100", "llama-3-8b").Prefill(new PrefillChunk(0, 1024))
        + Shapes.Roofline("h100", "llama-3-8b").Prefill(new PrefillChunk(1024, 1024)));

    [Theory]
    [InlineData("llama-3-8b", 1)]
    [InlineData("llama-3.1-70b", 4)]
    public void Each_newer_GPU_is_faster(string model, int tensorParallel)
    {
        double[] decode = [.. new[] { "a100", "h100", "h200" }.Select(gpu => Shapes.Roofline(gpu, model, tensorParallel).Decode(32, 64_000))];
        Assert.True(decode[0] > decode[1] && decode[1] > decode[2], string.Join(", ", decode));
        PrefillChunk prompt = new(0, 4096);
        Assert.True(Shapes.Roofline("a100", model, tensorParallel).Prefill(prompt) > 1.8 * Shapes.Roofline("h100", model, tensorParallel).Prefill(prompt));
    }

    [Theory]
    [InlineData("llama-3-8b")]
    [InlineData("qwen2.5-7b")]
    [InlineData("llama-3.1-70b")]
    public void Four_GPUs_are_faster_than_one_but_not_four_times(string model)
    {
        RooflineCost one = Shapes.Roofline("h100", model);
        RooflineCost four = Shapes.Roofline("h100", model, 4);
        Assert.InRange(one.Decode(16, 16_000) / four.Decode(16, 16_000), 1.5, 4);
        Assert.InRange(one.Prefill(new PrefillChunk(0, 4096)) / four.Prefill(new PrefillChunk(0, 4096)), 1.5, 4);
    }

    [Theory]
    [InlineData("qwen2.5-7b", 8, "28 attention heads")]
    [InlineData("llama-3-8b", 16, "1 to 8")]
    [InlineData("llama-3-8b", 3, "32 attention heads")]
    [InlineData("llama-3-8b", 0, "1 to 8")]
    public void A_degree_that_does_not_suit_is_refused(string model, int tensorParallel, string says)
    {
        CostModelException error = Assert.Throws<CostModelException>(() => Shapes.Roofline("h100", model, tensorParallel));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
