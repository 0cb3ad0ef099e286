using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Models;
using Xunit;
using Xunit.Abstractions;

namespace Cortex.Cpu.Tests.Products;

/// <summary>Products against plain loops in 64-bit floats, and against themselves: other threads, other rows beside them, other vectors.</summary>
public sealed class MatMulTests : IDisposable
{
    private const double Limit = 3e-5; // of a row; 1e-5 over all

    private readonly WorkCrew one = new(1);
    private readonly WorkCrew two = new(2);
    private readonly Random random;

    public MatMulTests(ITestOutputHelper output)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        random = new(seed);
    }

    public static TheoryData<SimdTier, WeightType> Kinds
    {
        get
        {
            TheoryData<SimdTier, WeightType> kinds = [];
            foreach (SimdTier tier in Enum.GetValues<SimdTier>())
            {
                foreach (WeightType type in Enum.GetValues<WeightType>())
                {
                    kinds.Add(tier, type);
                }
            }
            return kinds;
        }
    }

    /// <summary>Rows of the batch, outputs, columns.</summary>
    private static readonly (int Rows, int Outputs, int Columns)[] Shapes =
    [
        (1, 1, 1), (1, 7, 3), (1, 128, 64), (1, 131, 65), (1, 512, 1023), (2, 33, 5), (3, 31, 17), (4, 32, 16), (5, 64, 100), (6, 129, 33), (7, 65, 127),
        (8, 160, 64), (9, 1, 9), (11, 40, 300), (12, 96, 48), (13, 97, 49), (16, 63, 257), (23, 130, 31), (24, 20, 1), (37, 77, 91), (70, 257, 513), (1, 8, 5000), (109, 40, 70),
    ];

    public void Dispose()
    {
        one.Dispose();
        two.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Products_are_those_of_plain_loops(SimdTier tier, WeightType type)
    {
        foreach ((int rows, int outputs, int columns) in Shapes)
        {
            using RandomWeights weights = new(random, outputs, columns, type);
            using PackedMatrix packed = PackedMatrix.Pack(two, tier, weights.Matrix);
            using Batch batch = new(random, rows, columns);
            float[] bias = [.. Enumerable.Range(0, outputs).Select(_ => random.NextSingle())];
            AssertClose(Plain(batch, weights, null, 0), batch.Times(packed, two), outputs);
            AssertClose(Plain(batch, weights, bias, 2.5), batch.Times(packed, two, bias: bias, before: 2.5f), outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gated_products_are_those_of_plain_loops(SimdTier tier, WeightType type)
    {
        foreach ((int rows, int outputs, int columns) in Shapes)
        {
            using RandomWeights gate = new(random, outputs, columns, type);
            using RandomWeights up = new(random, outputs, columns, type);
            using PackedMatrix packed = PackedMatrix.PackGated(two, tier, gate.Matrix, up.Matrix);
            using Batch batch = new(random, rows, columns);
            double[] gates = Plain(batch, gate, null, 0);
            double[] expected = [.. Plain(batch, up, null, 0).Select((value, i) => gates[i] / (1 + Math.Exp(-gates[i])) * value)];
            AssertClose(expected, batch.Times(packed, two), outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Threads_and_neighbours_change_no_bit(SimdTier tier, WeightType type)
    {
        foreach ((int rows, int outputs, int columns) in Shapes)
        {
            using RandomWeights weights = new(random, outputs, columns, type);
            using PackedMatrix packed = PackedMatrix.Pack(two, tier, weights.Matrix);
            using Batch batch = new(random, rows, columns);
            float[] whole = batch.Times(packed, two);
            Assert.Equal(Bits(whole), Bits(batch.Times(packed, one)));
            for (int row = 0; row < rows; row++)
            {
                Assert.Equal(Bits(whole[(row * outputs)..((row + 1) * outputs)]), Bits(batch.Times(packed, two, row, 1)));
            }
            int middle = rows / 2;
            Assert.Equal(Bits(whole[(middle * outputs)..]), Bits(batch.Times(packed, two, middle, rows - middle)));
        }
    }

    [Theory]
    [InlineData(WeightType.Bf16)]
    [InlineData(WeightType.F32)]
    public void The_width_of_vectors_changes_no_bit(WeightType type)
    {
        foreach ((int rows, int outputs, int columns) in Shapes)
        {
            using RandomWeights gate = new(random, outputs, columns, type);
            using RandomWeights up = new(random, outputs, columns, type);
            using Batch batch = new(random, rows, columns);
            int[][] plain = [.. Enum.GetValues<SimdTier>().Select(tier => Product(PackedMatrix.Pack(two, tier, gate.Matrix), batch))];
            int[][] gated = [.. Enum.GetValues<SimdTier>().Select(tier => Product(PackedMatrix.PackGated(two, tier, gate.Matrix, up.Matrix), batch))];
            Assert.All(plain, bits => Assert.Equal(plain[0], bits));
            Assert.All(gated, bits => Assert.Equal(gated[0], bits));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stacked_matrices_give_their_products_side_by_side(SimdTier tier, WeightType type)
    {
        using RandomWeights top = new(random, 45, 70, type);
        using RandomWeights middle = new(random, 1, 70, type);
        using RandomWeights bottom = new(random, 83, 70, type);
        using PackedMatrix packed = PackedMatrix.Pack(two, tier, top.Matrix, middle.Matrix, bottom.Matrix);
        using Batch batch = new(random, 5, 70);
        float[] stacked = batch.Times(packed, two);
        int column = 0;
        foreach (RandomWeights part in (RandomWeights[])[top, middle, bottom])
        {
            using PackedMatrix alone = PackedMatrix.Pack(two, tier, part.Matrix);
            float[] expected = batch.Times(alone, two);
            for (int row = 0; row < 5; row++)
            {
                Assert.Equal(expected[(row * alone.Rows)..((row + 1) * alone.Rows)], stacked[((row * 129) + column)..((row * 129) + column + alone.Rows)]);
            }
            column += alone.Rows;
        }
    }

    [Fact]
    public void Unequal_matrices_are_not_stacked()
    {
        using RandomWeights a = new(random, 4, 8, WeightType.Bf16);
        using RandomWeights narrow = new(random, 4, 7, WeightType.Bf16);
        using RandomWeights wide = new(random, 4, 8, WeightType.F32);
        using RandomWeights tall = new(random, 5, 8, WeightType.Bf16);
        Assert.Throws<ArgumentException>(() => PackedMatrix.Pack(one, a.Matrix, narrow.Matrix));
        Assert.Throws<ArgumentException>(() => PackedMatrix.Pack(one, a.Matrix, wide.Matrix));
        Assert.Throws<ArgumentException>(() => PackedMatrix.PackGated(one, a.Matrix, tall.Matrix));
    }

    private int[] Product(PackedMatrix packed, Batch batch)
    {
        using (packed)
        {
            return Bits(batch.Times(packed, two));
        }
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private static double[] Plain(Batch batch, RandomWeights weights, float[]? bias, double before)
    {
        int outputs = weights.Matrix.Rows;
        double[] y = new double[batch.Rows * outputs];
        for (int i = 0; i < y.Length; i++)
        {
            int row = i / outputs, output = i % outputs;
            double sum = before + (bias?[output] ?? 0);
            for (int column = 0; column < batch.Columns; column++)
            {
                sum += batch.Row(row)[column] * weights.Values[(output * batch.Columns) + column];
            }
            y[i] = sum;
        }
        return y;
    }

    private static void AssertClose(double[] expected, float[] actual, int outputs)
    {
        for (int start = 0; start < expected.Length; start += outputs)
        {
            double error = 0, norm = 0;
            for (int i = start; i < start + outputs; i++)
            {
                error += Math.Pow(actual[i] - expected[i], 2);
                norm += Math.Pow(expected[i], 2);
            }
            // A single sum may cancel to almost nothing: then its terms, of a tenth or so each, are the measure.
            Assert.True(Math.Sqrt(error) <= Limit * Math.Max(Math.Sqrt(norm), 0.1), $"row {start / outputs}: relative error {Math.Sqrt(error / norm)}");
        }
    }
}
