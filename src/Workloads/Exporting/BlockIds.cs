namespace Cortex.Workloads;

/// <summary>
/// Numbers the blocks of prompts so that equal numbers mean an equal block behind an equal prefix, within the file. What only one workflow
/// can hold is forgotten behind it, so that memory grows with what is shared alone.
/// </summary>
internal sealed class BlockIds
{
    private readonly int size;
    private readonly int nativeBlock;
    private readonly HashSet<string> shared;
    private readonly bool keepsIds;
    private readonly Dictionary<ulong, int> everywhere = [];
    private readonly Dictionary<ulong, int> own = [];
    private readonly List<int> ids = [];
    private int given;

    /// <param name="header">Says which streams are shared.</param>
    /// <param name="size">Tokens of a block.</param>
    public BlockIds(AgentflowHeader header, int size)
    {
        this.size = size;
        nativeBlock = header.NativeBlock;
        shared = [.. header.Streams.Select(stream => AgentflowChecks.FullName(stream.Name))];
        // All block ids of the source are one stream of the file, so they can be kept as they are.
        keepsIds = size == nativeBlock && header.Streams is [var only] && only.Name[0] == 'x';
    }

    public void BeginWorkflow() => own.Clear();

    /// <summary>One id for each block begun. The list is reused.</summary>
    public List<int> Of(List<AgentflowSegment> prompt)
    {
        ids.Clear();
        ulong chain = 0;
        bool onlyShared = true;
        int filled = 0;
        int sourceId = -1;
        foreach (AgentflowSegment segment in prompt)
        {
            ulong stream = Mix.Of(0, segment.Stream);
            bool isShared = segment.Stream[0] == 'g' || shared.Contains(segment.Stream);
            for (int at = 0, length; at < segment.Length; at += length)
            {
                int offset = segment.Offset + at;
                length = Math.Min(size - filled, segment.Length - at);
                bool known = filled == 0 && size == nativeBlock && segment.Stream[0] == 'x' && offset % size == 0;
                if (known)
                {
                    // A source's id stands for its block and all before it, however far the block is filled.
                    sourceId = offset / size;
                    chain = Mix.Of(stream, (ulong)sourceId);
                    onlyShared = isShared;
                }
                else
                {
                    sourceId = -1;
                    chain = Mix.Of(Mix.Of(Mix.Of(chain, stream), (ulong)offset), (ulong)length);
                    onlyShared &= isShared;
                }
                filled += length;
                if (filled == size)
                {
                    ids.Add(IdOf(chain, onlyShared, sourceId));
                    filled = 0;
                }
            }
        }
        if (filled > 0)
        {
            ids.Add(IdOf(chain, onlyShared, sourceId));
        }
        return ids;
    }

    private int IdOf(ulong key, bool onlyShared, int sourceId)
    {
        if (keepsIds && sourceId >= 0)
        {
            return sourceId;
        }
        Dictionary<ulong, int> table = onlyShared ? everywhere : own;
        if (!table.TryGetValue(key, out int id))
        {
            // Beside ids that are kept, new ones come from the other end.
            int number = checked(given++);
            table[key] = id = keepsIds ? int.MaxValue / size - 1 - number : number;
        }
        return id;
    }
}
