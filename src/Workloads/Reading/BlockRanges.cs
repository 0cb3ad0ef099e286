using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Prompts as runs of block ids, <c>[[first, count], …]</c>.</summary>
internal static class BlockRanges
{
    /// <summary>Reads the list at the cursor behind what is there.</summary>
    /// <returns>How many runs it has.</returns>
    public static int Read(ref JsonCursor json, List<(int First, int Count)> into)
    {
        int before = into.Count;
        json.BeginList("hash_ranges");
        if (json.PassTo(RangeList.Read(json.Rest, into)))
        {
            return into.Count - before;
        }
        while (json.NextElement())
        {
            json.BeginList("a range");
            int first = json.NextElement() ? json.ReadInt("the first id of a range", least: 0) : -1;
            int count = first >= 0 && json.NextElement() ? json.ReadInt("the length of a range", least: 1) : 0;
            if (count == 0 || json.NextElement())
            {
                throw json.Fault("a range of hash_ranges is not a pair", "[first id, number of ids]");
            }
            into.Add((first, count));
        }
        return into.Count - before;
    }

    /// <summary>Appends the blocks, cut to the prompt. Block <c>i</c> lies at offset <c>i</c> × <paramref name="size"/> of the stream.</summary>
    /// <returns>Tokens that the blocks do not cover; negative if they cover more than the prompt.</returns>
    public static long Append(List<(int First, int Count)> ranges, StreamId stream, int size, int tokens, PromptBuilder prompt, in JsonCursor json) =>
        Append(CollectionsMarshal.AsSpan(ranges), stream, size, tokens, prompt, json);

    /// <inheritdoc cref="Append(List{ValueTuple{int, int}}, StreamId, int, int, PromptBuilder, in JsonCursor)"/>
    public static long Append(ReadOnlySpan<(int First, int Count)> ranges, StreamId stream, int size, int tokens, PromptBuilder prompt, in JsonCursor json)
    {
        int largestId = int.MaxValue / size - 1;
        long left = tokens;
        foreach ((int id, int count) in ranges)
        {
            long last = (long)id + count - 1;
            if (last > largestId)
            {
                throw json.Fault($"hash_ranges go to id {last}", $"ids from 0 to {largestId}");
            }
            prompt.Add(stream, id * size, (int)Math.Clamp(left, 0, (long)count * size));
            left -= (long)count * size;
        }
        return left;
    }
}
