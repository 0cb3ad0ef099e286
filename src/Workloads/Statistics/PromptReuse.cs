namespace Cortex.Workloads;

/// <summary>
/// Ideal reuse of prompts given as segments: for each call the longest leading run of blocks already seen, times the block size, at most
/// the prompt. A block is known by all that stands before it and in it. Blocks that a source names by ids of this size are known by those,
/// and taken in runs, however far the last one is filled; of others only whole blocks count.
/// </summary>
internal sealed class PromptReuse
{
    private readonly int size;
    private readonly bool forget;
    private readonly bool native;
    private readonly HashSet<string> shared;
    private readonly Dictionary<string, BlockSet> sharedRuns = [];
    private readonly Dictionary<string, BlockSet> ownRuns = [];
    private readonly HashSet<ulong> sharedBlocks = [];
    private readonly HashSet<ulong> ownBlocks = [];

    /// <param name="header">Says which streams are shared.</param>
    /// <param name="size">Tokens of a block.</param>
    /// <param name="forget">True to know nothing of the workflows before.</param>
    public PromptReuse(AgentflowHeader header, int size, bool forget)
    {
        this.size = size;
        this.forget = forget;
        native = header.NativeBlock == size;
        shared = [.. header.Streams.Select(stream => AgentflowChecks.FullName(stream.Name))];
    }

    public ReuseTotals Totals { get; private set; }

    public void BeginWorkflow()
    {
        ownRuns.Clear();
        ownBlocks.Clear();
        if (forget)
        {
            sharedRuns.Clear();
            sharedBlocks.Clear();
        }
    }

    public void Add(List<AgentflowSegment> prompt)
    {
        Walk walk = new() { Leading = true, OnlyShared = true };
        for (int i = 0; i < prompt.Count; i++)
        {
            AgentflowSegment segment = prompt[i];
            bool isShared = segment.Stream[0] == 'g' || shared.Contains(segment.Stream);
            walk.Tokens += segment.Length;
            bool whole = segment.Length % size == 0 || i == prompt.Count - 1;
            if (native && segment.Stream[0] == 'x' && walk.Filled == 0 && segment.Offset % size == 0 && whole)
            {
                AddRun(segment, isShared, ref walk);
            }
            else
            {
                AddText(segment, isShared, ref walk);
            }
        }
        Totals = new(
            Totals.PromptTokens + walk.Tokens, Totals.ReusedTokens + Math.Min(walk.Hits * size, walk.Tokens), Totals.PromptBlocks + walk.Blocks + (walk.Filled > 0 ? 1 : 0),
            Totals.ReusedBlocks + walk.Hits);
    }

    private void AddRun(in AgentflowSegment segment, bool isShared, ref Walk walk)
    {
        int first = segment.Offset / size;
        int count = (segment.Length - 1) / size + 1;
        Dictionary<string, BlockSet> table = isShared ? sharedRuns : ownRuns;
        if (!table.TryGetValue(segment.Stream, out BlockSet? set))
        {
            table[segment.Stream] = set = new();
        }
        if (walk.Leading)
        {
            int run = set.LeadingRun(first, count);
            walk.Hits += run;
            walk.Leading = run == count;
        }
        set.Add(first, count);
        walk.Blocks += count;
        // An id stands for all before it as well.
        walk.Chain = Mix.Of(Mix.Of(1, segment.Stream), (ulong)(first + count - 1));
        walk.OnlyShared = isShared;
    }

    private void AddText(in AgentflowSegment segment, bool isShared, ref Walk walk)
    {
        ulong stream = Mix.Of(0, segment.Stream);
        walk.OnlyShared &= isShared;
        for (int at = 0, length; at < segment.Length; at += length)
        {
            length = Math.Min(size - walk.Filled, segment.Length - at);
            walk.Chain = Mix.Of(Mix.Of(Mix.Of(walk.Chain, stream), (ulong)(segment.Offset + at)), (ulong)length);
            walk.Filled += length;
            if (walk.Filled < size)
            {
                continue;
            }
            walk.Filled = 0;
            walk.Blocks++;
            bool isNew = (walk.OnlyShared ? sharedBlocks : ownBlocks).Add(walk.Chain);
            walk.Leading &= !isNew;
            walk.Hits += walk.Leading ? 1 : 0;
        }
    }

    /// <summary>How far a prompt has been gone through.</summary>
    private struct Walk
    {
        public long Tokens;
        public long Hits;
        public long Blocks;
        public ulong Chain;
        public int Filled;
        public bool Leading;
        public bool OnlyShared;
    }
}
