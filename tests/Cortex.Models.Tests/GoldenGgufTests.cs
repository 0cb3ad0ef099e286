using System.Text.Json;
using Cortex.Runtime.Models;
using Cortex.Runtime.Oracle;
using Cortex.Testing;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>A real model from its GGUF file: quantised matrices, rows of queries and keys put back.</summary>
public sealed class GoldenGgufTests
{
    private const string Model = "smollm2-135m-instruct";

    [SharedTheory("models/" + Model)]
    [GoldenModels(Model)]
    public void Every_tensor_has_the_hash_of_its_golden(string model)
    {
        GoldenModel golden = new(model);
        using JsonDocument hashes = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden.Path, "golden", "weights.json")));
        using ModelWeights weights = ModelLoader.Open(golden.Path);
        Assert.Equal(
            hashes.RootElement.GetProperty("sha256").EnumerateObject().Select(entry => (entry.Name, entry.Value.GetString())).Order(),
            Stored.All(weights).Select(tensor => (tensor.Name, (string?)Stored.Hash(tensor.Bytes))).Order());
    }

    [SharedTheory("models/" + Model)]
    [GoldenModels(Model)]
    public void The_shape_is_the_one_of_its_configuration(string model)
    {
        GoldenModel golden = new(model);
        using ModelFolder folder = new();
        File.Copy(Path.Combine(golden.Path, "config.json"), Path.Combine(folder.Path, "config.json"));
        ModelShape expected = ModelLoader.Shape(folder.Path);
        ModelShape shape = ModelLoader.Shape(golden.Path);
        Assert.Equal(expected.Rope.Inverse, shape.Rope.Inverse);
        Assert.Equal(expected.StopTokens, shape.StopTokens);
        Assert.Equal(expected with { Rope = shape.Rope, StopTokens = shape.StopTokens }, shape);
    }

    [SharedTheory("models/" + Model)]
    [GoldenModels(Model)]
    public void The_vocabulary_is_that_of_its_tokenizer_file(string model)
    {
        GoldenModel golden = new(model);
        GgufVocabulary vocabulary = GgufVocabulary.Read(ModelPlace.Find(golden.Path).Path);
        using JsonDocument tokenizer = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden.Path, "tokenizer.json")));
        JsonElement bpe = tokenizer.RootElement.GetProperty("model");
        Assert.All(bpe.GetProperty("vocab").EnumerateObject(), token => Assert.Equal(token.Name, vocabulary.Tokens[token.Value.GetInt32()]));
        Assert.Equal(bpe.GetProperty("merges").EnumerateArray().Select(merge => merge.GetString()), vocabulary.Merges);
        Assert.Equal(("gpt2", "smollm", 1, 2), (vocabulary.Model, vocabulary.Pre, vocabulary.Bos, vocabulary.Eos));
        Assert.Contains("<|im_start|>", vocabulary.ChatTemplate, StringComparison.Ordinal);
    }

    [SharedTheory("models/" + Model)]
    [GoldenModels(Model)]
    public void Logits_and_hidden_states_of_the_oracle_are_the_goldens(string model)
    {
        GoldenModel golden = new(model);
        JsonElement prompt = golden.Prompt("raw-capital");
        using ModelWeights weights = ModelLoader.Open(golden.Path);
        OracleModel oracle = new(weights);
        List<double[][]> hidden = [];
        double[][] states = oracle.Append(oracle.NewCache(), GoldenModel.Ints(prompt.GetProperty("ids")), hidden);
        double[][] logits = oracle.Logits(states);
        Distance.Within(Distance.Float64, golden.Tensor(prompt.GetProperty("lastLogits")), [logits[^1]]);
        Distance.Within(Distance.Float64, golden.Tensor(prompt.GetProperty("hidden")), [.. hidden.SelectMany(rows => rows)]);
        Assert.Equal(GoldenModel.Ints(prompt.GetProperty("argmaxAtEveryPosition")), logits.Select(row => OracleToken.Likeliest(row).Id));
    }
}
