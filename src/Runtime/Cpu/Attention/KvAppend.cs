using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>Writes a token's key and value into its slot.</summary>
internal static unsafe class KvAppend
{
    /// <param name="slot">Block × block size + place in the block.</param>
    /// <param name="key">One head's.</param>
    /// <param name="value">One head's.</param>
    public static void Run(CpuKvPool pool, int slot, int layer, int head, float* key, float* value)
    {
        KvLayout layout = pool.Layout;
        (int block, int place) = Math.DivRem(slot, layout.BlockSize);
        byte* at = pool.Head(block, layer, head);
        if (layout.Type == KvType.F32)
        {
            float* floats = (float*)at;
            for (int i = 0; i < layout.HeadDim; i++)
            {
                floats[i * layout.BlockSize + place] = key[i];
                floats[pool.ValuesAt + place * layout.HeadDim + i] = value[i];
            }
            return;
        }
        ushort* halves = (ushort*)at;
        for (int i = 0; i < layout.HeadDim; i++)
        {
            halves[i * layout.BlockSize + place] = Rounding.ToBf16(key[i]);
            halves[pool.ValuesAt + place * layout.HeadDim + i] = Rounding.ToBf16(value[i]);
        }
    }
}
