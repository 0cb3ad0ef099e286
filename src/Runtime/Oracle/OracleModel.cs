using Cortex.Runtime.Models;

namespace Cortex.Runtime.Oracle;

/// <summary>
/// A decoder of the Llama family as a textbook writes it: weights as stored, all arithmetic in 64 bits, plain loops. It is what every other engine is
/// compared with, and slow: about a nanosecond for each weight and token on each core.
/// </summary>
/// <param name="weights">The model; must outlive this object.</param>
public sealed class OracleModel(ModelWeights weights)
{
    private readonly ModelShape _shape = weights.Shape;

    /// <summary>For a new text.</summary>
    public OracleCache NewCache() => new(_shape.Layers);

    /// <summary>Computes the next tokens of a text.</summary>
    /// <param name="cache">The text so far; these tokens are added.</param>
    /// <param name="tokens">Ids, each below the vocabulary.</param>
    /// <param name="hidden">If given, takes the embedding, the output of each layer, and the result: layers + 2 times [tokens][hidden].</param>
    /// <returns>[tokens][hidden]: the last layer's output after the final norm.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    public double[][] Append(OracleCache cache, IReadOnlyList<int> tokens, List<double[][]>? hidden = null)
    {
        foreach (int token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, _shape.Vocabulary, nameof(tokens));
        }
        int start = cache.Length;
        double[][] stream = [.. tokens.Select(token => OracleMath.Row(weights.Embedding, token))];
        hidden?.Add(stream);
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            LayerWeights part = weights.Layers[layer];
            double[][] normed = OracleMath.RmsNorm(stream, part.AttentionNorm, _shape.NormEpsilon);
            stream = Sum(stream, Attention(part, normed, start, cache.Keys(layer), cache.Values(layer)));
            normed = OracleMath.RmsNorm(stream, part.FfnNorm, _shape.NormEpsilon);
            stream = Sum(stream, FeedForward(part, normed));
            hidden?.Add(stream);
        }
        double[][] result = OracleMath.RmsNorm(stream, weights.FinalNorm, _shape.NormEpsilon);
        hidden?.Add(result);
        return result;
    }

    /// <summary>[states][vocabulary] for states that <see cref="Append"/> returned.</summary>
    public double[][] Logits(params double[][] states) => OracleMath.Project(weights.Output, null, states);

    /// <summary>The likeliest token again and again, the smallest id among equals; stop tokens are tokens like any other.</summary>
    /// <param name="prompt">Ids, at least one.</param>
    /// <param name="count">Tokens to choose.</param>
    /// <param name="cache">The text before the prompt, which grows; a new one if null.</param>
    public IEnumerable<OracleToken> Greedy(IReadOnlyList<int> prompt, int count, OracleCache? cache = null)
    {
        cache ??= NewCache();
        IReadOnlyList<int> next = prompt;
        for (int i = 0; i < count; i++)
        {
            OracleToken token = OracleToken.Likeliest(Logits(Append(cache, next)[^1])[0]);
            yield return token;
            next = [token.Id];
        }
    }

    private double[][] Attention(LayerWeights layer, double[][] inputs, int start, List<double[]> keys, List<double[]> values)
    {
        double[][] queries = OracleMath.Project(layer.Query, layer.QueryBias, inputs);
        double[][] newKeys = OracleMath.Project(layer.Key, layer.KeyBias, inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            NormAndRotate(queries[i], layer.QueryNorm, start + i);
            NormAndRotate(newKeys[i], layer.KeyNorm, start + i);
        }
        keys.AddRange(newKeys);
        values.AddRange(OracleMath.Project(layer.Value, layer.ValueBias, inputs));
        double[][] mixed = new double[inputs.Length][];
        _ = Parallel.For(0, inputs.Length, i => mixed[i] = Mix(queries[i], keys, values, start + i + 1));
        return OracleMath.Project(layer.AttentionOutput, null, mixed);
    }

    private void NormAndRotate(double[] heads, float[]? norm, int position)
    {
        for (int at = 0; at < heads.Length; at += _shape.HeadDim)
        {
            Span<double> head = heads.AsSpan(at, _shape.HeadDim);
            if (norm is not null)
            {
                OracleMath.RmsNorm(head, norm, _shape.NormEpsilon);
            }
            OracleMath.Rotate(head, position, _shape.Rope);
        }
    }

    /// <summary>Softmax(q K ÷ √d) V for every head of one position, which sees the first <paramref name="length"/> positions.</summary>
    private double[] Mix(double[] query, List<double[]> keys, List<double[]> values, int length)
    {
        int size = _shape.HeadDim;
        double[] output = new double[query.Length];
        double[] scores = new double[length];
        for (int head = 0; head < _shape.Heads; head++)
        {
            int shared = head / _shape.GroupSize * size;
            for (int at = 0; at < length; at++)
            {
                scores[at] = OracleMath.Dot(query, head * size, keys[at], shared, size) / Math.Sqrt(size);
            }
            OracleMath.Softmax(scores);
            for (int at = 0; at < length; at++)
            {
                (double share, double[] value) = (scores[at], values[at]);
                for (int i = 0; i < size; i++)
                {
                    output[head * size + i] += share * value[shared + i];
                }
            }
        }
        return output;
    }

    private static double[][] FeedForward(LayerWeights layer, double[][] inputs)
    {
        double[][] gates = OracleMath.Project(layer.Gate, null, inputs);
        double[][] ups = OracleMath.Project(layer.Up, null, inputs);
        double[][] inner = [.. gates.Zip(ups, (gate, up) => gate.Zip(up, (g, u) => OracleMath.Silu(g) * u).ToArray())];
        return OracleMath.Project(layer.Down, null, inner);
    }

    private static double[][] Sum(double[][] left, double[][] right) => [.. left.Zip(right, (l, r) => l.Zip(r, (a, b) => a + b).ToArray())];
}
