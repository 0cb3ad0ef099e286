using Cortex.Runtime.Models;
using Cortex.Runtime.Oracle;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Models made by shape and seed.</summary>
public sealed class RandomModelTests
{
    [Fact]
    public void A_seed_names_the_same_weights_always()
    {
        using ModelWeights weights = ModelLoader.Open("random:tiny", 7);
        Assert.Equal("49e1c7b495baa1a8", Stored.Hash(Stored.Bytes(weights.Embedding))[..16]);
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        using ModelWeights one = ModelLoader.Open("random:tiny", 1);
        using ModelWeights other = ModelLoader.Open("random:tiny", 2);
        Assert.NotEqual(Stored.Bytes(one.Layers[0].Query), Stored.Bytes(other.Layers[0].Query));
        Assert.NotEqual(Stored.Bytes(one.Layers[0].Query), Stored.Bytes(one.Layers[1].Query));
    }

    [Fact]
    public void Numbers_have_the_spread_that_their_role_asks_for()
    {
        using ModelWeights weights = ModelLoader.Open("random:tiny");
        float[] numbers = new float[weights.Layers[1].Down.Rows * weights.Layers[1].Down.Columns];
        Widening.ToSingle(WeightType.Bf16, weights.Layers[1].Down.Data, numbers);
        Assert.InRange(numbers.Average(), -0.001, 0.001);
        Assert.InRange(Math.Sqrt(numbers.Average(number => number * number)) * Math.Sqrt(weights.Layers[1].Down.Columns), 0.99, 1.01);
    }

    [Theory]
    [InlineData("llama-3-8b", 8_030_261_248)]
    [InlineData("llama-3.1-8b", 8_030_261_248)]
    [InlineData("llama-3.2-1b", 1_235_814_400)]
    [InlineData("llama-2-7b", 6_738_415_616)]
    [InlineData("mistral-7b-v0.3", 7_248_023_552)]
    [InlineData("qwen2.5-0.5b", 494_032_768)]
    [InlineData("qwen2.5-7b", 7_615_616_512)]
    [InlineData("qwen3-0.6b", 596_049_920)]
    public void A_named_shape_has_as_many_parameters_as_its_model(string name, long parameters) => Assert.Equal(parameters, Parameters(ModelLoader.Shape("random:" + name)));

    [Fact]
    public void An_unknown_shape_is_refused_with_those_that_are_known()
    {
        ModelException fault = Assert.Throws<ModelException>(() => ModelLoader.Open("random:lama"));
        Assert.Contains("\"lama\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("llama-3-8b", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_larger_than_memory_is_refused_before_it_is_made()
    {
        ModelShape huge = ModelLoader.Shape("random:llama-3-8b") with { Hidden = 1 << 20, Ffn = 1 << 20, Layers = 4096 };
        ModelException fault = Assert.Throws<ModelException>(() => ModelLoader.Random(huge, 0));
        Assert.Contains("its weights do not fit into", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Logits_are_not_flat()
    {
        foreach (string name in (string[])["random:tiny", "random:tiny-qwen2", "random:tiny-qwen3"])
        {
            using ModelWeights weights = ModelLoader.Open(name);
            OracleModel oracle = new(weights);
            double[] logits = oracle.Logits(oracle.Append(oracle.NewCache(), [.. Enumerable.Range(0, 64)])[^1])[0];
            Assert.InRange(Math.Sqrt(logits.Average(logit => logit * logit)), 2, 4);
        }
    }

    private static long Parameters(ModelShape shape)
    {
        long attention = 2L * shape.Hidden * (shape.QueryWidth + shape.KvWidth) + (shape.QkvBias ? shape.QueryWidth + 2 * shape.KvWidth : 0) + (shape.QkNorm ? 2 * shape.HeadDim : 0);
        long layer = attention + 3L * shape.Hidden * shape.Ffn + 2 * shape.Hidden;
        return shape.Layers * layer + shape.Hidden + (shape.TiedEmbeddings ? 1 : 2) * (long)shape.Vocabulary * shape.Hidden;
    }
}
