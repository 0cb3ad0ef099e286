using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// The blocks that ids of one scope stand for: numbered in order of first use, so that the ids of a prompt that grows make one segment.
/// Block <c>i</c> lies at offset <c>i</c> × the block size of the scope's own stream.
/// </summary>
internal sealed class AgenticBlocks(StreamId stream, int blockSize)
{
    private readonly Dictionary<ulong, int> numbers = [];

    /// <summary>Ids of the prompt before and their numbers: prompts mostly begin as the one before.</summary>
    private readonly List<ulong> lastIds = [];
    private readonly List<int> lastNumbers = [];

    /// <summary>Appends blocks to a prompt, up to so many tokens; the last block may be partly filled.</summary>
    /// <returns>Tokens appended.</returns>
    public int Append(ReadOnlySpan<ulong> ids, int tokens, PromptBuilder prompt)
    {
        int same = CollectionsMarshal.AsSpan(lastIds).CommonPrefixLength(ids);
        lastIds.RemoveRange(same, lastIds.Count - same);
        lastNumbers.RemoveRange(same, lastNumbers.Count - same);
        foreach (ulong id in ids[same..])
        {
            if (!numbers.TryGetValue(id, out int number))
            {
                number = numbers.Count;
                numbers.Add(id, number);
            }
            lastIds.Add(id);
            lastNumbers.Add(number);
        }
        ReadOnlySpan<int> blocks = CollectionsMarshal.AsSpan(lastNumbers);
        int left = tokens;
        for (int at = 0, run; at < blocks.Length; at += run)
        {
            run = 1;
            while (at + run < blocks.Length && blocks[at + run] == blocks[at] + run)
            {
                run++;
            }
            int end = checked((blocks[at] + run) * blockSize);
            int length = Math.Min(left, run * blockSize);
            prompt.Add(stream, end - run * blockSize, length);
            left -= length;
        }
        return tokens - left;
    }
}
