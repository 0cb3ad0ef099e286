using System.Text.Json;
using Cortex.Models.Tests;
using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>A prompt of a golden model, and the model.</summary>
internal sealed class TinyPrompt : IDisposable
{
    /// <summary>Relative L2 limits of 32-bit arithmetic: over a prompt, and in the worst row.</summary>
    public const double All = 1e-5;

    public const double Worst = 5e-5;

    private readonly GoldenModel model;
    private readonly JsonElement prompt;

    public TinyPrompt(string name, string promptName)
    {
        model = new(name);
        prompt = model.Prompt(promptName);
        Weights = ModelLoader.Open(model.Path);
        Ids = GoldenModel.Ints(prompt.GetProperty("ids"));
        Greedy = GoldenModel.Ints(prompt.GetProperty("greedy").GetProperty("ids"));
        Margins = GoldenModel.Numbers(prompt.GetProperty("greedy").GetProperty("margins"));
        Positions = GoldenModel.Ints(prompt.GetProperty("positions"));
        Logits = Rows(prompt.GetProperty("logits"));
    }

    public ModelWeights Weights { get; }

    public int[] Ids { get; }

    public int[] Greedy { get; }

    /// <summary>How far the likeliest logit is above the next one, at each greedy token.</summary>
    public double[] Margins { get; }

    /// <summary>Positions whose logits are known.</summary>
    public int[] Positions { get; }

    public float[][] Logits { get; }

    /// <summary>Layers + 2 stages of as many rows as there are tokens; null for most prompts.</summary>
    public float[][]? Hidden => prompt.TryGetProperty("hidden", out JsonElement hidden) ? Rows(hidden) : null;

    /// <summary>The logits of the sequence's prompt are those of the golden.</summary>
    public void AssertLogits(TestSequence sequence) =>
        Distance.Within(All, Worst, [.. Positions.Select(position => sequence.Logits[position])], Logits);

    public void AssertGreedy(IEnumerable<int> sampled) => Assert.Equal(Greedy, sampled);

    public void Dispose() => Weights.Dispose();

    private float[][] Rows(JsonElement tensor)
    {
        int width = GoldenModel.Ints(tensor.GetProperty("shape"))[^1];
        return [.. model.Tensor(tensor).Chunk(width)];
    }
}
