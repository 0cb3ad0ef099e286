using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Makes prompts of block ids, and counts those whose ids say less or more than their length.</summary>
internal sealed class AgenticPrompts(WorkloadBuilder builder)
{
    private long cut;
    private long longTails;

    /// <param name="scope">Whose ids.</param>
    /// <param name="ids">One for each block begun; blocks beyond the length are cut, what no block covers is private.</param>
    /// <param name="input">Tokens of the prompt.</param>
    public Segment[] Build(AgenticBlocks scope, ReadOnlySpan<ulong> ids, int input)
    {
        builder.Prompt.Clear();
        int listed = Math.Min(ids.Length, (int)(((long)input + builder.NativeBlock - 1) / builder.NativeBlock));
        cut += ids.Length > listed ? 1 : 0;
        int left = input - scope.Append(ids[..listed], input, builder.Prompt);
        longTails += left >= builder.NativeBlock ? 1 : 0;
        if (left > 0)
        {
            builder.Prompt.Add(builder.NewStream(), 0, left);
        }
        return builder.Prompt.ToArray();
    }

    /// <summary>Tells what was counted.</summary>
    /// <param name="unusedKeys">Keys of rows that nothing was made of, with their numbers.</param>
    public void Note(SortedDictionary<string, long> unusedKeys)
    {
        Note("blocks listed beyond the prompt's length were cut", cut);
        Note("prompts longer than their listed blocks by a block or more, the rest is private", longTails);
        foreach ((string key, long count) in unusedKeys)
        {
            Note($"key '{key}' is not used", count);
        }
    }

    private void Note(string what, long calls)
    {
        if (calls > 0)
        {
            builder.Note($"{what}: {calls} calls");
        }
    }
}
