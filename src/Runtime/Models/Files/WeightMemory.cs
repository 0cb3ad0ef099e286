using System.Globalization;
using System.Runtime.InteropServices;

namespace Cortex.Runtime.Models;

/// <summary>Memory for matrices that are not mapped from a file: 64-byte aligned, not zeroed, freed together.</summary>
/// <param name="model">What messages call the model.</param>
internal sealed unsafe class WeightMemory(string model) : IDisposable
{
    private const nuint Alignment = 64;

    private readonly List<nint> _blocks = [];
    private long _taken;

    /// <summary>Room for a matrix in <see cref="WeightType.Bf16"/>.</summary>
    /// <exception cref="ModelException">The machine has not so much memory.</exception>
    public WeightMatrix Take(int rows, int columns)
    {
        long bytes = 2L * rows * columns;
        _taken += bytes;
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (_taken > available)
        {
            throw TooLarge(available);
        }
        try
        {
            nint block = (nint)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
            _blocks.Add(block);
            return new(rows, columns, WeightType.Bf16, block);
        }
        catch (OutOfMemoryException)
        {
            throw TooLarge(_taken);
        }
    }

    public void Dispose()
    {
        _blocks.ForEach(block => NativeMemory.AlignedFree((void*)block));
        _blocks.Clear();
    }

    private ModelException TooLarge(long available) => new(string.Create(CultureInfo.InvariantCulture,
        $"{model}: its weights do not fit into {available / 1e9:F1} GB, the memory that this process may take"));
}
