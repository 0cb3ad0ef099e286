namespace Cortex.Peers.Tests.Vllm.Plain;

/// <summary>A KV block.</summary>
internal sealed class PlainBlock(int id)
{
    public int Id { get; } = id;

    /// <summary>Number of the key under which it is published; null if it is not.</summary>
    public int? Key { get; set; }

    public int Owners { get; set; }
}

/// <summary>The free queue and the prefix index: rules 12 to 15.</summary>
/// <param name="keylessFirst">Blocks without a key go to the head of the queue when freed (from 0.28 on).</param>
internal sealed class PlainBlocks(VllmConfig config, bool keylessFirst)
{
    private readonly List<PlainBlock> free = [.. Enumerable.Range(1, config.NumBlocks - 1).Select(id => new PlainBlock(id))];

    /// <summary>Copies of each key, the one published first in front.</summary>
    private readonly Dictionary<int, List<PlainBlock>> index = [];

    /// <summary>Number of each key: a key is the key before it and the tokens of the block.</summary>
    private readonly Dictionary<(int Before, string Tokens), int> keyNumbers = [];

    public int Free => free.Count;

    public int DistinctKeys => index.Count;

    /// <summary>Blocks that have lost their key so far.</summary>
    public int Evicted { get; private set; }

    public int BlocksFor(int tokens) => (tokens + config.BlockSize - 1) / config.BlockSize;

    /// <summary>The longest chain of full blocks of the request's tokens in the index, at least one token left out.</summary>
    public List<PlainBlock> Hit(PlainRequest request)
    {
        List<PlainBlock> hit = [];
        if (config.EnablePrefixCaching)
        {
            for (int i = 0; i < (request.T - 1) / config.BlockSize && index.TryGetValue(KeyOf(request, i), out List<PlainBlock>? copies); i++)
            {
                hit.Add(copies[0]);
            }
        }
        return hit;
    }

    /// <summary>The request becomes an owner of blocks that were hit.</summary>
    public void Share(PlainRequest request, List<PlainBlock> hit)
    {
        foreach (PlainBlock block in hit)
        {
            if (block.Owners == 0)
            {
                free.Remove(block);
            }
            block.Owners++;
            request.Blocks.Add(block);
        }
    }

    /// <summary>Takes blocks from the head of the queue until the table has <paramref name="count"/>. A key they still have is lost.</summary>
    public List<int> Grow(PlainRequest request, int count)
    {
        List<int> taken = [];
        while (request.Blocks.Count < count)
        {
            PlainBlock block = free[0];
            free.RemoveAt(0);
            if (block.Key is { } key)
            {
                index[key].Remove(block);
                if (index[key].Count == 0)
                {
                    index.Remove(key);
                }
                block.Key = null;
                Evicted++;
            }
            block.Owners = 1;
            request.Blocks.Add(block);
            taken.Add(block.Id);
        }
        return taken;
    }

    /// <summary>Publishes the full blocks among the first <paramref name="tokens"/> tokens of the request.</summary>
    public void Publish(PlainRequest request, int tokens)
    {
        if (!config.EnablePrefixCaching)
        {
            return;
        }
        // Published blocks are a prefix of the table: look back from the end for the first that still lacks its key.
        int full = tokens / config.BlockSize;
        int i = full;
        while (i > 0 && request.Blocks[i - 1].Key is null)
        {
            i--;
        }
        for (; i < full; i++)
        {
            PlainBlock block = request.Blocks[i];
            int key = KeyOf(request, i);
            block.Key = key;
            if (!index.TryGetValue(key, out List<PlainBlock>? copies))
            {
                index.Add(key, copies = []);
            }
            copies.Add(block);
        }
    }

    /// <summary>Frees the whole table, from the last block to the first.</summary>
    public void Release(PlainRequest request)
    {
        List<PlainBlock> first = [];
        for (int i = request.Blocks.Count - 1; i >= 0; i--)
        {
            PlainBlock block = request.Blocks[i];
            block.Owners--;
            if (block.Owners > 0)
            {
                continue;
            }
            (keylessFirst && block.Key is null ? first : free).Add(block);
        }
        free.InsertRange(0, first);
        request.Blocks.Clear();
    }

    private int KeyOf(PlainRequest request, int i)
    {
        while (request.Keys.Count <= i)
        {
            int block = request.Keys.Count;
            string tokens = string.Join(' ', request.Tokens.GetRange(block * config.BlockSize, config.BlockSize));
            (int, string) key = (block == 0 ? -1 : request.Keys[block - 1], tokens);
            if (!keyNumbers.TryGetValue(key, out int number))
            {
                keyNumbers.Add(key, number = keyNumbers.Count);
            }
            request.Keys.Add(number);
        }
        return request.Keys[i];
    }
}
