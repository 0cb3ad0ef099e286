namespace Cortex.Serving.Kv;

/// <summary>
/// Where the KV of a token prefix lies: a radix tree over block keys, each node with the copies of its blocks in order of publication
/// (a look-up returns the copy published first; equal blocks are not merged, as in vLLM). Look-ups and updates cost O(segments).
/// </summary>
internal sealed class PrefixIndex(int blockSize, RunPool runs, FreeQueue free)
{
    private readonly KeyTable table = new();
    private readonly KeyNode root = new();
    private readonly Stack<KeyNode> spares = new();
    private long lastId;

    /// <summary>Keys with at least one copy.</summary>
    public int DistinctKeys { get; private set; }

    /// <summary>The place where a look-up ended that <see cref="Touched"/> guards.</summary>
    private KeyNode? watched;

    /// <summary>True once the tree changed where the watched look-up ended, so that it might end elsewhere now.</summary>
    public bool Touched { get; private set; }

    /// <summary>Watches the end of the look-up that gave <paramref name="match"/>.</summary>
    public void Watch(PrefixMatch match)
    {
        watched = match.Path.Count == 0 ? root : match.Path[^1];
        Touched = false;
    }

    /// <summary>Whether the watched place is at or below the table's last key, so that the table's next keys may lead to it and beyond.</summary>
    public bool LeadsToWatched(BlockTable table)
    {
        KeyNode last = table.LastKeyed()?.Node ?? root;
        KeyNode? node = watched;
        while (node is not null && node != last)
        {
            node = node.Parent;
        }
        return node is not null;
    }

    /// <summary>Finds the longest cached chain of at most <paramref name="limit"/> full blocks from <paramref name="at"/> on. Changes nothing.</summary>
    public void Find(TokenCursor at, int limit, PrefixMatch match)
    {
        match.Clear();
        KeyNode node = root;
        while (match.Blocks < limit)
        {
            KeyNode? child = FindChild(node, at, limit - match.Blocks, out int matched);
            if (child?.FirstCopy is null)
            {
                return;
            }
            match.Path.Add(child);
            match.LastBlocks = matched;
            match.Blocks += matched;
            match.FreeBlocks += child.FirstCopy.Owners == 0 ? matched : 0;
            if (matched < child.Blocks)
            {
                return;
            }
            at.Advance(matched * blockSize);
            node = child;
        }
    }

    /// <summary>
    /// Gives keys to the first <paramref name="blocks"/> blocks of the table's tail. <paramref name="at"/> stands at their first token and
    /// is moved behind their last.
    /// </summary>
    public void Publish(BlockTable owner, int blocks, ref TokenCursor at)
    {
        BlockRun? last = owner.LastKeyed();
        KeyNode node = last?.Node ?? root;
        if (last is not null && CanGrow(last, owner.Tail))
        {
            Touch(node);
            node.Label.Append(ref at, blocks * blockSize);
            node.Blocks += blocks;
            DistinctKeys += blocks;
            owner.GrowLastKeyed(blocks);
            return;
        }
        while (blocks > 0)
        {
            Touch(node);
            KeyNode? child = FindChild(node, at, blocks, out int matched);
            if (child is null)
            {
                matched = blocks;
                child = NewNode();
                child.Blocks = blocks;
                child.Label.Append(ref at, blocks * blockSize);
                Attach(child, node);
            }
            else
            {
                child = matched < child.Blocks ? SplitNode(child, matched) : child;
                at.Advance(matched * blockSize);
                Touch(child);
            }
            DistinctKeys += child.FirstCopy is null ? matched : 0;
            child.AddCopy(owner.KeyTail(matched, runs));
            blocks -= matched;
            node = child;
        }
    }

    /// <summary>Takes the keys of the last <paramref name="blocks"/> blocks of the free run at the queue's head, which is about to give them out.</summary>
    /// <returns>The run that now consists of exactly these blocks or more, at the head of the queue.</returns>
    public BlockRun Evict(BlockRun run, int blocks)
    {
        KeyNode node = run.Node!;
        if (blocks < run.Count && (node.Children > 0 || !node.HasSingleCopy))
        {
            SplitNode(node, run.Count - blocks);
            run = run.Rest!;
            node = run.Node!;
        }
        Touch(node);
        if (blocks < run.Count)
        {
            node.Label.Trim(blocks * blockSize);
            node.Blocks -= blocks;
            DistinctKeys -= blocks;
            return run;
        }
        node.RemoveCopy(run);
        if (node.FirstCopy is null)
        {
            DistinctKeys -= node.Blocks;
            RemoveEmpty(node);
        }
        return run;
    }

    /// <summary>Cuts a node in two behind its first <paramref name="blocks"/> blocks, all its copies with it; returns the upper one.</summary>
    public KeyNode SplitNode(KeyNode node, int blocks)
    {
        Touch(node);
        KeyNode upper = NewNode();
        upper.Parent = node.Parent;
        upper.FirstBlockHash = node.FirstBlockHash;
        upper.Blocks = blocks;
        upper.Children = 1;
        table.Remove(node);
        TokenLabel rest = node.Label.Split(blocks * blockSize, upper.Label);
        upper.Label = node.Label;
        table.Add(upper);
        node.Label = rest;
        node.Parent = upper;
        node.Blocks -= blocks;
        node.FirstBlockHash = rest.Hash(blockSize);
        table.Add(node);
        BlockRun? copy = node.FirstCopy;
        node.FirstCopy = null;
        node.LastCopy = null;
        while (copy is not null)
        {
            BlockRun? next = copy.NextCopy;
            BlockRun behind = runs.Split(copy, blocks);
            if (copy.Owners == 0)
            {
                free.InsertSplit(copy, behind);
            }
            upper.AddCopy(copy);
            node.AddCopy(behind);
            copy = next;
        }
        return upper;
    }

    private static bool CanGrow(BlockRun last, BlockRun tail) =>
        last.Owners == 1 && last.Node!.Children == 0 && last.Node.HasSingleCopy && last.Array == tail.Array && last.Start + last.Count == tail.Start;

    private KeyNode? FindChild(KeyNode parent, TokenCursor at, int limit, out int matched)
    {
        if (parent.Children > 0)
        {
            ulong hash = at.Hash(blockSize);
            for (KeyNode? node = table.Bucket(parent.Id, hash); node is not null; node = node.NextInBucket)
            {
                if (node.Parent == parent && node.FirstBlockHash == hash)
                {
                    matched = node.Label.Match(at, Math.Min(limit, node.Blocks) * blockSize) / blockSize;
                    if (matched > 0)
                    {
                        return node;
                    }
                }
            }
        }
        matched = 0;
        return null;
    }

    private void Attach(KeyNode child, KeyNode parent)
    {
        child.Parent = parent;
        child.FirstBlockHash = child.Label.Hash(blockSize);
        parent.Children++;
        table.Add(child);
    }

    private void RemoveEmpty(KeyNode node)
    {
        while (node.Children == 0 && node.FirstCopy is null && node.Parent is { } parent)
        {
            Touch(node);
            table.Remove(node);
            parent.Children--;
            node.Parent = null;
            spares.Push(node);
            node = parent;
        }
    }

    private void Touch(KeyNode node) => Touched |= node == watched;

    private KeyNode NewNode()
    {
        KeyNode node = spares.Count > 0 ? spares.Pop() : new();
        node.Id = ++lastId;
        node.Label.Clear();
        node.Children = 0;
        return node;
    }
}
