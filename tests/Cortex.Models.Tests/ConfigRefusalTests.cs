using System.Text.Json.Nodes;
using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Configurations that are wrong, or ask for what is not computed.</summary>
public sealed class ConfigRefusalTests
{
    [Theory]
    [InlineData("model_type", "\"mixtral\"", "\"mixtral\" is not supported; supported are llama, mistral, qwen2, qwen3")]
    [InlineData("model_type", "null", "\"model_type\" is missing")]
    [InlineData("hidden_size", "null", "\"hidden_size\" is missing")]
    [InlineData("hidden_size", "\"wide\"", "\"hidden_size\" must be a whole number from 1 to 1048576")]
    [InlineData("hidden_size", "-64", "is \"-64\"")]
    [InlineData("hidden_size", "1e30", "must be a whole number")]
    [InlineData("vocab_size", "2147483647", "must be a whole number from 1 to 16777216")]
    [InlineData("num_hidden_layers", "0", "must be a whole number from 1")]
    [InlineData("num_key_value_heads", "3", "2 query heads cannot share 3")]
    [InlineData("head_dim", "33", "must be an even number")]
    [InlineData("rms_norm_eps", "1e999", "must be a number above 0")]
    [InlineData("rms_norm_eps", "-1", "must be a number above 0")]
    [InlineData("hidden_act", "\"gelu\"", "activation \"gelu\" is not supported; supported is silu")]
    [InlineData("attention_bias", "true", "\"attention_bias\": true is not supported")]
    [InlineData("mlp_bias", "true", "\"mlp_bias\": true is not supported")]
    [InlineData("sliding_window", "4096", "a sliding window (4096) is not supported")]
    [InlineData("layer_types", "[\"full_attention\", \"sliding_attention\"]", "\"layer_types\" must be a list of \"full_attention\"")]
    [InlineData("num_local_experts", "8", "mixtures of experts are not supported")]
    [InlineData("quantization_config", "{\"quant_method\": \"awq\"}", "quantisation \"awq\" is not supported")]
    [InlineData("partial_rotary_factor", "0.5", "\"partial_rotary_factor\" other than 1 is not supported")]
    [InlineData("rope_theta", "0", "\"rope_theta\" must be a number above 1")]
    [InlineData("rope_scaling", "{\"type\": \"dynamic\", \"factor\": 2}", "rope type \"dynamic\" is not supported; supported are default, linear, llama3, yarn")]
    [InlineData("rope_scaling", "{\"rope_type\": \"longrope\"}", "rope type \"longrope\" is not supported")]
    [InlineData("rope_scaling", "{\"rope_type\": \"linear\"}", "rope_scaling: \"factor\" is missing")]
    [InlineData("rope_scaling", "7", "\"rope_scaling\" must be an object")]
    [InlineData("eos_token_id", "[2, \"x\"]", "\"eos_token_id\" must be a whole number")]
    [InlineData("eos_token_id", "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39]", "\"eos_token_id\" names all 40 tokens")]
    [InlineData("tie_word_embeddings", "\"yes\"", "\"tie_word_embeddings\" must be true or false")]
    [InlineData("tie_word_embeddings", "true", null)]
    [InlineData("head_dim", "64", "tensor \"model.layers.0.self_attn.q_proj.weight\" must be [128, 64], is [64, 64]")]
    [InlineData("num_hidden_layers", "3", "tensor \"model.layers.2.input_layernorm.weight\" is missing")]
    [InlineData("num_hidden_layers", "1", "has no place in a model of this configuration")]
    public void A_key_that_cannot_be_is_named_with_what_is_allowed(string key, string value, string? said)
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        JsonObject config = SmallShapes.Config("llama");
        config[key] = JsonNode.Parse(value);
        folder.Write("config.json", config.ToJsonString());
        if (said is null)
        {
            ModelLoader.Open(folder.Path).Dispose();
            return;
        }
        Refusal.Of(folder.Path, folder.Path, said);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("{\"tie_word_embeddings\": f\u0002\u0000\"}", "not JSON: 'f\\u0002\\u0000")]
    [InlineData("[1]", "not a JSON object, but array")]
    [InlineData("{\"model_type\": \"llama\", \"model_type\": \"llama\"}", "not JSON: Duplicate")]
    [InlineData("{\"model_type\": \"\\ud800\"}", "half a surrogate pair")]
    [InlineData("{\"\\udc00\": 1}", "half a surrogate pair")]
    [InlineData("{\"model_type\": \"a\\u0000\\nb\"}", "model type \"a\\u0000\\u000ab\" is not supported")]
    public void Text_that_is_no_configuration_is_refused_by_its_file(string text, string said)
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        Refusal.Of(folder.Path, folder.Write("config.json", text), said);
    }

    [Fact]
    public void Text_that_is_not_UTF8_or_nested_without_end_is_refused()
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        Refusal.Of(folder.Path, folder.Write("config.json", [(byte)'{', 0xff, (byte)'}']), "not valid UTF-8");
        Refusal.Of(folder.Path, folder.Write("config.json", "{\"a\":" + new string('[', 100_000)), "not JSON");
    }

    [Fact]
    public void A_window_that_Qwen_has_switched_off_is_no_window()
    {
        using ModelFolder folder = SmallShapes.Folder("qwen2");
        JsonObject config = SmallShapes.Config("qwen2");
        (config["sliding_window"], config["use_sliding_window"]) = (32768, false);
        folder.Write("config.json", config.ToJsonString());
        ModelLoader.Open(folder.Path).Dispose();
        config["use_sliding_window"] = true;
        folder.Write("config.json", config.ToJsonString());
        Refusal.Of(folder.Path, "a sliding window (32768) is not supported");
    }

    [Theory]
    [InlineData("llama", null)]
    [InlineData("mistral", "without \"sliding_window\" a model of type \"mistral\" has a window of 4096, which is not supported; supported is null")]
    public void A_window_that_nobody_mentions_is_one_in_Mistral_alone(string family, string? said)
    {
        using ModelFolder folder = SmallShapes.Folder(family);
        JsonObject config = SmallShapes.Config(family);
        config.Remove("sliding_window");
        folder.Write("config.json", config.ToJsonString());
        if (said is null)
        {
            ModelLoader.Open(folder.Path).Dispose();
            return;
        }
        Refusal.Of(folder.Path, said);
    }

    [Fact]
    public void Stop_tokens_of_both_files_count()
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        folder.Write("generation_config.json", """{"eos_token_id": [7, 2, 9]}""");
        Assert.Equal([2, 7, 9], ModelLoader.Shape(folder.Path).StopTokens);
    }

    [Fact]
    public void A_place_without_a_model_says_what_is_expected()
    {
        using ModelFolder folder = new();
        Refusal.Of(folder.Path, folder.Path, "no model in it");
        Refusal.Of(Path.Combine(folder.Path, "nowhere"), "no such model");
        folder.Write("config.json", SmallShapes.Config("llama").ToJsonString());
        Refusal.Of(folder.Path, "neither model.safetensors nor model.safetensors.index.json");
        folder.Write("a.gguf", []);
        Refusal.Of(folder.Path, "a.gguf: the file is empty");
        folder.Write("b.gguf", []);
        Refusal.Of(folder.Path, "2 GGUF files; name one: a.gguf, b.gguf");
    }
}
