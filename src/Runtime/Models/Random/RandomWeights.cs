namespace Cortex.Runtime.Models;

/// <summary>
/// Weights drawn by seed and name, the same on every machine and for any number of threads. Their spread is chosen so that attention is peaked and logits
/// have a standard deviation of about 3: with flat ones most mistakes could not be seen.
/// </summary>
/// <param name="name">What messages call the model.</param>
/// <param name="seed">Chooses the weights.</param>
internal sealed class RandomWeights(string name, ulong seed) : IWeightSource
{
    private static readonly float Uniform = MathF.Sqrt(3);

    private readonly WeightMemory _memory = new(name);
    private readonly List<(Noise Noise, WeightMatrix Matrix)> _asked = [];

    public WeightMatrix Matrix(string name, int rows, int columns)
    {
        WeightMatrix matrix = _memory.Take(rows, columns);
        _asked.Add((new(Noise.Key(seed, name), Uniform * Gain(name) / MathF.Sqrt(columns)), matrix));
        return matrix;
    }

    public float[] Vector(string name, int length)
    {
        (float middle, float largest) = Spread(name);
        Noise noise = new(Noise.Key(seed, name), largest);
        return [.. Enumerable.Range(0, length).Select(i => middle + BitConverter.UInt32BitsToSingle((uint)noise[i] << 16))];
    }

    /// <summary>Fills all matrices, in pieces that any thread may take.</summary>
    public void Complete()
    {
        (Noise Noise, WeightMatrix Matrix, long Piece)[] pieces =
        [
            .. _asked.SelectMany(asked => Pieces(asked.Matrix).Select(piece => (asked.Noise, asked.Matrix, piece))),
        ];
        Parallel.ForEach(pieces, piece => piece.Noise.Fill(piece.Piece, piece.Matrix.Data, Numbers(piece.Matrix)));
    }

    public void Dispose() => _memory.Dispose();

    private static long Numbers(WeightMatrix matrix) => (long)matrix.Rows * matrix.Columns;

    private static IEnumerable<long> Pieces(WeightMatrix matrix)
    {
        for (long piece = 0; piece * Noise.Piece < Numbers(matrix); piece++)
        {
            yield return piece;
        }
    }

    /// <summary>Standard deviation of a projection's outputs for inputs of 1. Scores of attention come out as the product of the queries' and the keys'.</summary>
    private static float Gain(string name) =>
        name.Contains(".q_proj.") || name.Contains(".k_proj.") ? 1.7f
        : name is WeightLayout.Output or WeightLayout.Embedding ? 3
        : 1;

    /// <summary>Norms vary about 1 (those of heads about 1.7, in place of the gain that they undo), biases about 0.</summary>
    private static (float Middle, float Largest) Spread(string name) =>
        name.EndsWith(".bias", StringComparison.Ordinal) ? (0, 1)
        : name.Contains(".q_norm.") || name.Contains(".k_norm.") ? (1.75f, 0.25f)
        : (1, 0.25f);
}
