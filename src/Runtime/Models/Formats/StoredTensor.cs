namespace Cortex.Runtime.Models;

/// <summary>A tensor as it lies in a mapped file.</summary>
/// <param name="File">Path of its file.</param>
/// <param name="Name">As the file names it.</param>
/// <param name="Type">As the file names it.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Offset">Where it begins in the data of its file, in bytes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Data">Address of its first byte.</param>
internal sealed record StoredTensor(string File, string Name, string Type, long[] Shape, long Offset, long Bytes, nint Data)
{
    /// <exception cref="ModelException">Its sizes are others.</exception>
    public void Expect(params ReadOnlySpan<long> shape)
    {
        if (!shape.SequenceEqual(Shape))
        {
            throw new ModelException($"{File}: tensor {Shown.Quoted(Name)} must be [{string.Join(", ", shape.ToArray())}], is [{string.Join(", ", Shape)}]");
        }
    }

    /// <summary>Refuses tensors that lie over one another.</summary>
    /// <param name="path">The file that all of them are in.</param>
    /// <param name="tensors">All tensors of the file.</param>
    /// <exception cref="ModelException">Two overlap.</exception>
    public static void RefuseOverlaps(string path, IEnumerable<StoredTensor> tensors)
    {
        StoredTensor? before = null;
        foreach (StoredTensor tensor in tensors.Where(tensor => tensor.Bytes > 0).OrderBy(tensor => tensor.Offset))
        {
            if (before is not null && tensor.Offset < before.Offset + before.Bytes)
            {
                throw new ModelException($"{path}: tensors {Shown.Quoted(before.Name)} and {Shown.Quoted(tensor.Name)} overlap");
            }
            before = tensor;
        }
    }
}
