using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Every type of matrix in every architecture, number by number.</summary>
public sealed class GgufTypeTests
{
    private static readonly (string Name, uint Number, int Block, int Bytes)[] Types =
        [("F32", 0, 1, 4), ("F16", 1, 1, 2), ("Q4_0", 2, 32, 18), ("Q4_1", 3, 32, 20), ("Q8_0", 8, 32, 34), ("BF16", 30, 1, 2)];

    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach ((string type, _, _, _) in Types)
            {
                foreach (string family in (string[])["llama", "qwen2", "qwen3"])
                {
                    rows.Add(type, family);
                }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_number_is_what_its_block_says_rounded_to_bf16_in_the_row_of_Hugging_Face(string type, string family)
    {
        (string _, uint number, int block, int bytes) = Types.Single(known => known.Name == type);
        System.Random random = new(11);
        Dictionary<string, byte[]> written = [];
        GgufBytes file = GgufModels.Of(family, number, (name, shape) => written[name] = Blocks(random, type, shape[0] * shape[1] / block));
        using ModelFolder folder = new();
        folder.Write("model.gguf", file.ToArray());
        using ModelWeights weights = ModelLoader.Open(folder.Path);
        foreach ((string name, long[] shape, byte[] loaded) in Stored.All(weights).Where(tensor => tensor.Shape.Length == 2))
        {
            string stored = GgufModels.Name(name);
            bool turned = family == "llama" && (stored.EndsWith("attn_q.weight", StringComparison.Ordinal) || stored.EndsWith("attn_k.weight", StringComparison.Ordinal));
            for (int row = 0; row < shape[0]; row++)
            {
                int from = turned ? row / 32 * 32 + (row % 32 < 16 ? 2 * (row % 32) : 2 * (row % 32 - 16) + 1) : row;
                for (int column = 0; column < shape[1]; column++)
                {
                    long at = from * shape[1] + column;
                    float expected = Number(type, written[stored].AsSpan((int)(at / block * bytes), bytes), (int)(at % block));
                    Assert.Equal(NearestEven(expected), BitConverter.ToUInt16(loaded, (int)(2 * (row * shape[1] + column))));
                }
            }
        }
    }

    private static byte[] Blocks(System.Random random, string type, long count) =>
        [.. Enumerable.Range(0, (int)count).SelectMany(_ => (byte[])(type switch
        {
            "F32" => BitConverter.GetBytes(random.NextSingle() - 0.5f),
            "F16" => Half16(random),
            "BF16" => [(byte)random.Next(256), 0x3d],
            "Q4_1" => [.. Half16(random), .. Half16(random), .. Bytes(random, 16)],
            "Q4_0" => [.. Half16(random), .. Bytes(random, 16)],
            _ => [.. Half16(random), .. Bytes(random, 32)],
        }))];

    private static byte[] Half16(System.Random random) => BitConverter.GetBytes((Half)(random.NextSingle() - 0.5f));

    private static byte[] Bytes(System.Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>In 64 bits, where every product and sum is exact, rounded once to 32.</summary>
    private static float Number(string type, ReadOnlySpan<byte> block, int i) => (float)(type switch
    {
        "F32" => BitConverter.ToSingle(block),
        "F16" => (double)BitConverter.ToHalf(block),
        "BF16" => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(block) << 16),
        "Q8_0" => (double)BitConverter.ToHalf(block) * (sbyte)block[2 + i],
        "Q4_0" => (double)BitConverter.ToHalf(block) * (Nibble(block[2..], i) - 8),
        _ => (double)BitConverter.ToHalf(block) * Nibble(block[4..], i) + (double)BitConverter.ToHalf(block[2..]),
    });

    private static int Nibble(ReadOnlySpan<byte> packed, int i) => i < 16 ? packed[i] & 15 : packed[i - 16] >> 4;

    /// <summary>The nearer of the two neighbours; of two equally near the even one.</summary>
    private static ushort NearestEven(float value)
    {
        ushort below = (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
        double Of(int pattern) => Math.Abs((double)BitConverter.UInt32BitsToSingle((uint)pattern << 16) - value);
        double difference = Of(below) - Of(below + 1);
        return (ushort)(difference < 0 || (difference == 0 && below % 2 == 0) ? below : below + 1);
    }
}
