namespace Cortex.Serving.Kv;

/// <summary>Spare <see cref="BlockRun"/> objects, so that steps allocate nothing.</summary>
internal sealed class RunPool
{
    private readonly Stack<BlockRun> spares = new();

    public BlockRun New(int[] ids, int start, int count, int owners)
    {
        BlockRun run = spares.Count > 0 ? spares.Pop() : new();
        run.Ids = ids;
        run.Start = start;
        run.Count = count;
        run.Owners = owners;
        run.Rest = null;
        return run;
    }

    /// <summary>Cuts a run behind its first <paramref name="blocks"/> blocks; the rest has the same owners and, as yet, no key and no place in the queue.</summary>
    public BlockRun Split(BlockRun run, int blocks)
    {
        BlockRun rest = New(run.Ids, run.Start + blocks, run.Count - blocks, run.Owners);
        rest.Rest = run.Rest;
        run.Rest = rest;
        run.Count = blocks;
        return rest;
    }

    public void Return(BlockRun run)
    {
        run.Ids = [];
        spares.Push(run);
    }
}
