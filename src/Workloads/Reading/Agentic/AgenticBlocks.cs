using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// The blocks that ids of one scope stand for: numbered in order of first use, so that the ids of a prompt that grows make one segment.
/// Block <c>i</c> lies at offset <c>i</c> × the block size of the scope's own stream.
/// </summary>
internal sealed class AgenticBlocks(StreamId stream, int blockSize)
{
    private readonly Dictionary<ulong, int> numbers = [];

    /// <summary>Appends the block's first <paramref name="tokens"/> tokens to a prompt.</summary>
    public void Append(ulong id, int tokens, PromptBuilder prompt)
    {
        if (!numbers.TryGetValue(id, out int number))
        {
            number = numbers.Count;
            numbers.Add(id, number);
        }
        prompt.Add(stream, checked((number + 1) * blockSize) - blockSize, tokens);
    }
}
