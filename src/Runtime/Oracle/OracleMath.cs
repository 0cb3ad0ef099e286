using Cortex.Runtime.Models;

namespace Cortex.Runtime.Oracle;

/// <summary>The operations of a decoder layer in 64 bits, each as its formula reads. Sums run from the first term to the last.</summary>
internal static class OracleMath
{
    /// <summary>W x + b for every vector. Rows go to whichever thread is free, which changes no sum.</summary>
    public static double[][] Project(WeightMatrix matrix, float[]? bias, double[][] inputs)
    {
        double[][] outputs = [.. inputs.Select(_ => new double[matrix.Rows])];
        _ = Parallel.For(0, matrix.Rows, () => (new float[matrix.Columns], new double[matrix.Columns]), (row, _, buffers) =>
        {
            (float[] stored, double[] weights) = buffers;
            Row(matrix, row, stored, weights);
            for (int i = 0; i < inputs.Length; i++)
            {
                outputs[i][row] = Dot(weights, 0, inputs[i], 0, weights.Length) + (bias is null ? 0 : bias[row]);
            }
            return buffers;
        }, _ => { });
        return outputs;
    }

    /// <summary>One row of a matrix.</summary>
    public static double[] Row(WeightMatrix matrix, int row)
    {
        double[] weights = new double[matrix.Columns];
        Row(matrix, row, new float[matrix.Columns], weights);
        return weights;
    }

    /// <summary>x ÷ √(mean of x² + ε) × weight, over a part of a vector, in place.</summary>
    public static void RmsNorm(Span<double> part, float[] weight, double epsilon)
    {
        double squares = 0;
        foreach (double number in part)
        {
            squares += number * number;
        }
        double root = Math.Sqrt(squares / part.Length + epsilon);
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = part[i] / root * weight[i];
        }
    }

    /// <summary>The norms of vectors, which stay as they are.</summary>
    public static double[][] RmsNorm(double[][] vectors, float[] weight, double epsilon)
    {
        double[][] normed = [.. vectors.Select(vector => (double[])vector.Clone())];
        foreach (double[] vector in normed)
        {
            RmsNorm(vector, weight, epsilon);
        }
        return normed;
    }

    /// <summary>Turns the pairs (i, i + half) of a head by position × inverse frequency.</summary>
    public static void Rotate(Span<double> head, int position, RopeFrequencies rope)
    {
        int half = head.Length / 2;
        for (int i = 0; i < half; i++)
        {
            double cosine = Math.Cos(position * rope.Inverse[i]) * rope.AttentionFactor;
            double sine = Math.Sin(position * rope.Inverse[i]) * rope.AttentionFactor;
            (head[i], head[i + half]) = (head[i] * cosine - head[i + half] * sine, head[i + half] * cosine + head[i] * sine);
        }
    }

    /// <summary>e^x ÷ Σ e^x, in place.</summary>
    public static void Softmax(Span<double> scores)
    {
        double largest = double.NegativeInfinity;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Exp(scores[i] - largest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] /= sum;
        }
    }

    /// <summary>x ÷ (1 + e^−x).</summary>
    public static double Silu(double x) => x / (1 + Math.Exp(-x));

    /// <summary>Σ x y over parts of two vectors. Arrays, since without optimisation spans cost several times as much.</summary>
    public static double Dot(double[] left, int leftStart, double[] right, int rightStart, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += left[leftStart + i] * right[rightStart + i];
        }
        return sum;
    }

    private static void Row(WeightMatrix matrix, int row, float[] stored, double[] weights)
    {
        int size = (int)(matrix.Bytes / matrix.Rows);
        Widening.ToSingle(matrix.Type, matrix.Data + (nint)row * size, stored);
        for (int i = 0; i < stored.Length; i++)
        {
            weights[i] = stored[i];
        }
    }
}
