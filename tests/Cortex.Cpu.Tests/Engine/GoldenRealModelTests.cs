using System.Text.Json;
using Cortex.Models.Tests;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>Real models against their float64 goldens: logits, the likeliest token at every position, greedy texts raw and chat in one batch.</summary>
public sealed class GoldenRealModelTests(GoldenRealModelTests.Models models) : IClassFixture<GoldenRealModelTests.Models>
{
    [RealTheory]
    [RealPrompts]
    public void Logits_behind_the_prompt(string model, string prompt)
    {
        JsonElement golden = models.Of(model).Golden.Prompt(prompt);
        float[] logits = models.Of(model).Run(prompt).LastLogits;
        JsonElement[] top = [.. golden.GetProperty("last").GetProperty("top50").EnumerateArray()];
        float[] expected = [.. top.Select(entry => entry[1].GetSingle())];
        Distance.Within(TinyPrompt.Worst, TinyPrompt.Worst, [[.. top.Select(entry => logits[entry[0].GetInt32()])]], [expected]);
        if (golden.TryGetProperty("lastLogits", out JsonElement all))
        {
            Distance.Within(TinyPrompt.Worst, TinyPrompt.Worst, [logits], [models.Of(model).Golden.Tensor(all)]);
        }
    }

    [RealTheory]
    [RealPrompts]
    public void The_likeliest_token_at_every_position(string model, string prompt)
    {
        int[] golden = GoldenModel.Ints(models.Of(model).Golden.Prompt(prompt).GetProperty("argmaxAtEveryPosition"));
        (int Id, float Margin)[] likeliest = models.Of(model).Run(prompt).Likeliest;
        Assert.Equal(golden.Length, likeliest.Length);
        Assert.All(golden.Zip(likeliest), pair => Assert.True(pair.Second.Margin < RealModel.Cut || pair.First == pair.Second.Id));
    }

    [RealTheory]
    [RealPrompts]
    public void Greedy_tokens(string model, string prompt)
    {
        JsonElement golden = models.Of(model).Golden.Prompt(prompt).GetProperty("greedy");
        Assert.Equal(GoldenModel.Ints(golden.GetProperty("ids")), models.Of(model).Run(prompt).Sampled);
    }

    [RealTheory]
    [RealPrompts]
    public void Hidden_states_where_they_are_known(string model, string prompt)
    {
        if (!models.Of(model).Golden.Prompt(prompt).TryGetProperty("hidden", out JsonElement hidden))
        {
            return;
        }
        int width = GoldenModel.Ints(hidden.GetProperty("shape"))[^1];
        Distance.Within(TinyPrompt.All, TinyPrompt.Worst, models.Of(model).Run(prompt).Hidden, [.. models.Of(model).Golden.Tensor(hidden).Chunk(width)]);
    }

    /// <summary>Each model is run once.</summary>
    public sealed class Models : IDisposable
    {
        private readonly Dictionary<string, RealModel> models = [];

        internal RealModel Of(string name)
        {
            if (!models.TryGetValue(name, out RealModel? model))
            {
                models.Add(name, model = new(name));
            }
            return model;
        }

        public void Dispose()
        {
            foreach (RealModel model in models.Values)
            {
                model.Dispose();
            }
        }
    }
}
