using System.Text.Json;
using Cortex.Runtime.Models;
using Cortex.Runtime.Oracle;
using Cortex.Testing;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>The 64-bit forward pass against goldens that another program computed in 64 bits.</summary>
public sealed class GoldenOracleTests
{
    private const string Tiny = "models/tiny";

    [SharedTheory(Tiny)]
    [GoldenPrompts("tiny")]
    public void Logits_hidden_states_and_greedy_tokens_are_the_goldens(string model, string prompt)
    {
        GoldenModel golden = new(model);
        JsonElement expected = golden.Prompt(prompt);
        using ModelWeights weights = ModelLoader.Open(golden.Path);
        OracleModel oracle = new(weights);
        OracleCache cache = oracle.NewCache();
        List<double[][]> hidden = [];
        double[][] states = oracle.Append(cache, GoldenModel.Ints(expected.GetProperty("ids")), hidden);

        double[][] logits = oracle.Logits([.. GoldenModel.Ints(expected.GetProperty("positions")).Select(position => states[position])]);
        Distance.Within(Distance.Float64, golden.Tensor(expected.GetProperty("logits")), logits);
        if (expected.TryGetProperty("hidden", out JsonElement kept))
        {
            Distance.Within(Distance.Float64, golden.Tensor(kept), [.. hidden.SelectMany(rows => rows)]);
        }
        double[] last = oracle.Logits(states[^1])[0];
        Last(expected.GetProperty("last"), last);
        OracleToken first = OracleToken.Likeliest(last);
        JsonElement greedy = expected.GetProperty("greedy");
        int[] ids = GoldenModel.Ints(greedy.GetProperty("ids"));
        OracleToken[] tokens = [first, .. oracle.Greedy([first.Id], ids.Length - 1, cache)];
        Assert.Equal(ids, tokens.Select(token => token.Id));
        Assert.All(tokens.Zip(GoldenModel.Numbers(greedy.GetProperty("margins"))), pair => Assert.Equal(pair.Second, pair.First.Margin, 2e-6));
    }

    /// <summary>Nothing is left of the text but the cache, and that is enough.</summary>
    [SharedTheory(Tiny)]
    [GoldenModels("tiny")]
    public void A_text_fed_in_uneven_pieces_gives_the_same_as_fed_at_once(string model)
    {
        GoldenModel golden = new(model);
        int[] ids = GoldenModel.Ints(golden.Prompt("len0063").GetProperty("ids"));
        using ModelWeights weights = ModelLoader.Open(golden.Path);
        OracleModel oracle = new(weights);
        OracleCache cache = oracle.NewCache();
        double[][] pieces = [.. oracle.Append(cache, ids[..1]), .. oracle.Append(cache, ids[1..18]), .. oracle.Append(cache, ids[18..])];
        Assert.Equal(oracle.Append(oracle.NewCache(), ids), pieces);
    }

    /// <summary>Argmax, margin, and five likeliest ids with their log-probabilities; six digits are kept.</summary>
    private static void Last(JsonElement golden, double[] logits)
    {
        OracleToken likeliest = OracleToken.Likeliest(logits);
        Assert.Equal(golden.GetProperty("argmax").GetInt32(), likeliest.Id);
        Assert.Equal(golden.GetProperty("margin").GetDouble(), likeliest.Margin, 2e-6);
        double sum = Math.Log(logits.Sum(logit => Math.Exp(logit - logits[likeliest.Id]))) + logits[likeliest.Id];
        (int Id, double LogProbability)[] top = [.. logits.Select((logit, id) => (id, logit - sum)).OrderByDescending(entry => entry.Item2).Take(5)];
        foreach ((JsonElement expected, (int id, double logProbability)) in golden.GetProperty("top5").EnumerateArray().Zip(top))
        {
            Assert.Equal(expected[0].GetInt32(), id);
            Assert.Equal(expected[1].GetDouble(), logProbability, 2e-6);
        }
    }
}
