namespace Cortex.Runtime.Models;

/// <summary>Numbers that GGUF gives to types of values and of tensors.</summary>
internal static class GgufTypes
{
    public const uint Float32 = 6;
    public const uint Bool = 7;
    public const uint Text = 8;
    public const uint Array = 9;
    public const uint Float64 = 12;

    /// <summary>Names of tensor types by number, for messages; null where none was ever given out.</summary>
    private static readonly string?[] Names =
    [
        "F32", "F16", "Q4_0", "Q4_1", null, null, "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS",
        "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16", "I32", "I64", "F64", "IQ1_M", "BF16", null, null, null, "TQ1_0", "TQ2_0", null, null, null, "MXFP4",
    ];

    public static string TensorName(uint type) => type < Names.Length && Names[type] is { } name ? name : $"type {type}";

    /// <summary>Numbers in a block of a tensor type, and bytes that it takes; null for types that are not supported.</summary>
    public static (int Numbers, int Bytes)? Block(string type) => type switch
    {
        "F32" => (1, 4),
        "F16" or "BF16" => (1, 2),
        "Q4_0" => (32, 18),
        "Q4_1" => (32, 20),
        "Q8_0" => (32, 34),
        _ => null,
    };
}
