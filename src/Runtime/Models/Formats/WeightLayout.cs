namespace Cortex.Runtime.Models;

/// <summary>Which weights a model of a shape has, under their names in Hugging Face files, and what sizes they must have.</summary>
internal static class WeightLayout
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Output = "lm_head.weight";

    /// <summary>Takes all weights of a model; the source goes with them, or is disposed of if it lacks one.</summary>
    /// <exception cref="ModelException">A weight is missing or wrong.</exception>
    public static ModelWeights Read(ModelShape shape, IWeightSource source)
    {
        try
        {
            WeightMatrix embedding = source.Matrix(Embedding, shape.Vocabulary, shape.Hidden);
            List<LayerWeights> layers = [];
            for (int layer = 0; layer < shape.Layers; layer++)
            {
                layers.Add(Layer(shape, source, $"model.layers.{layer}."));
            }
            ModelWeights weights = new(source)
            {
                Shape = shape,
                Embedding = embedding,
                Layers = layers,
                FinalNorm = source.Vector(FinalNorm, shape.Hidden),
                Output = shape.TiedEmbeddings ? embedding : source.Matrix(Output, shape.Vocabulary, shape.Hidden),
            };
            source.Complete();
            return weights;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static LayerWeights Layer(ModelShape shape, IWeightSource source, string prefix) => new()
    {
        AttentionNorm = source.Vector(prefix + "input_layernorm.weight", shape.Hidden),
        Query = source.Matrix(prefix + "self_attn.q_proj.weight", shape.QueryWidth, shape.Hidden),
        Key = source.Matrix(prefix + "self_attn.k_proj.weight", shape.KvWidth, shape.Hidden),
        Value = source.Matrix(prefix + "self_attn.v_proj.weight", shape.KvWidth, shape.Hidden),
        AttentionOutput = source.Matrix(prefix + "self_attn.o_proj.weight", shape.Hidden, shape.QueryWidth),
        QueryBias = shape.QkvBias ? source.Vector(prefix + "self_attn.q_proj.bias", shape.QueryWidth) : null,
        KeyBias = shape.QkvBias ? source.Vector(prefix + "self_attn.k_proj.bias", shape.KvWidth) : null,
        ValueBias = shape.QkvBias ? source.Vector(prefix + "self_attn.v_proj.bias", shape.KvWidth) : null,
        QueryNorm = shape.QkNorm ? source.Vector(prefix + "self_attn.q_norm.weight", shape.HeadDim) : null,
        KeyNorm = shape.QkNorm ? source.Vector(prefix + "self_attn.k_norm.weight", shape.HeadDim) : null,
        FfnNorm = source.Vector(prefix + "post_attention_layernorm.weight", shape.Hidden),
        Gate = source.Matrix(prefix + "mlp.gate_proj.weight", shape.Ffn, shape.Hidden),
        Up = source.Matrix(prefix + "mlp.up_proj.weight", shape.Ffn, shape.Hidden),
        Down = source.Matrix(prefix + "mlp.down_proj.weight", shape.Hidden, shape.Ffn),
    };
}
