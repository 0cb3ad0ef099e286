namespace Cortex.Runtime.Models;

/// <summary>What GGUF calls the tensors that Hugging Face calls otherwise.</summary>
internal static class GgufNames
{
    public const string Embedding = "token_embd.weight";
    public const string Output = "output.weight";

    /// <summary>Llama 3.1: what each inverse frequency is divided by.</summary>
    public const string RopeDivisors = "rope_freqs.weight";

    private static readonly Dictionary<string, string> Parts = new()
    {
        ["input_layernorm"] = "attn_norm", ["post_attention_layernorm"] = "ffn_norm",
        ["self_attn.q_proj"] = "attn_q", ["self_attn.k_proj"] = "attn_k", ["self_attn.v_proj"] = "attn_v", ["self_attn.o_proj"] = "attn_output",
        ["self_attn.q_norm"] = "attn_q_norm", ["self_attn.k_norm"] = "attn_k_norm",
        ["mlp.gate_proj"] = "ffn_gate", ["mlp.up_proj"] = "ffn_up", ["mlp.down_proj"] = "ffn_down",
    };

    /// <param name="name">One of the names that <see cref="WeightLayout"/> asks for.</param>
    public static string Of(string name)
    {
        switch (name)
        {
            case WeightLayout.Embedding: return Embedding;
            case WeightLayout.Output: return Output;
            case WeightLayout.FinalNorm: return "output_norm.weight";
        }
        string[] parts = name.Split('.');
        return $"blk.{parts[2]}.{Parts[string.Join('.', parts[3..^1])]}.{parts[^1]}";
    }
}
