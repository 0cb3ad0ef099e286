using System.Numerics;

namespace Cortex.Serving.Kv;

/// <summary>
/// Spare <see cref="BlockRun"/> objects and the arrays of their ids, so that steps allocate nothing, and calls little once others like them
/// have been served. Arrays come in powers of two, so that what one call leaves fits the next.
/// </summary>
internal sealed class RunPool
{
    private const int LeastCapacity = 8;

    private readonly Stack<BlockRun> spares = new();

    /// <summary>By the power of two that their room reaches: the spare array given back last.</summary>
    private readonly IdArray?[] arrays = new IdArray?[32];

    /// <summary>An empty run with room for <paramref name="capacity"/> ids at least.</summary>
    public BlockRun New(int capacity) => New(Array(capacity), 0, 0, 1);

    /// <summary>A run over ids that stand in an array already.</summary>
    public BlockRun New(IdArray array, int start, int count, int owners)
    {
        BlockRun run = spares.Count > 0 ? spares.Pop() : new();
        array.Runs++;
        run.Array = array;
        run.Start = start;
        run.Count = count;
        run.Owners = owners;
        run.Rest = null;
        return run;
    }

    /// <summary>Cuts a run behind its first <paramref name="blocks"/> blocks; the rest has the same owners and, as yet, no key and no place in the queue.</summary>
    public BlockRun Split(BlockRun run, int blocks)
    {
        BlockRun rest = New(run.Array, run.Start + blocks, run.Count - blocks, run.Owners);
        rest.Rest = run.Rest;
        run.Rest = rest;
        run.Count = blocks;
        return rest;
    }

    /// <summary>Moves the run's ids to an array of their own with room for <paramref name="capacity"/>.</summary>
    public void Move(BlockRun run, int capacity)
    {
        IdArray larger = Array(capacity);
        run.Ids.AsSpan(run.Start, run.Count).CopyTo(larger.Ids);
        Drop(run.Array);
        larger.Runs++;
        run.Array = larger;
        run.Start = 0;
    }

    public void Return(BlockRun run)
    {
        Drop(run.Array);
        run.Array = null!;
        spares.Push(run);
    }

    private IdArray Array(int capacity)
    {
        int bits = BitOperations.Log2((uint)Math.Max(capacity, LeastCapacity) * 2 - 1);
        if (arrays[bits] is not { } spare)
        {
            return new(1 << bits);
        }
        arrays[bits] = spare.NextSpare;
        return spare;
    }

    private void Drop(IdArray array)
    {
        if (--array.Runs == 0)
        {
            int bits = BitOperations.Log2((uint)array.Ids.Length);
            array.NextSpare = arrays[bits];
            arrays[bits] = array;
        }
    }
}
