namespace Cortex.Serving.Kv;

/// <summary>Children of all nodes of a <see cref="PrefixIndex"/> by (parent, hash of the first block): chains through the nodes themselves.</summary>
internal sealed class KeyTable
{
    private KeyNode?[] buckets = new KeyNode?[64];
    private int count;

    /// <summary>First node of the chain that holds the wanted one, among others.</summary>
    public KeyNode? Bucket(long parent, ulong hash) => buckets[Place(parent, hash)];

    public void Add(KeyNode node)
    {
        if (count == buckets.Length)
        {
            Grow();
        }
        count++;
        Link(node);
    }

    public void Remove(KeyNode node)
    {
        ref KeyNode? at = ref buckets[Place(node.Parent!.Id, node.FirstBlockHash)];
        while (at != node)
        {
            at = ref at!.NextInBucket;
        }
        at = node.NextInBucket;
        node.NextInBucket = null;
        count--;
    }

    private void Link(KeyNode node)
    {
        ref KeyNode? head = ref buckets[Place(node.Parent!.Id, node.FirstBlockHash)];
        node.NextInBucket = head;
        head = node;
    }

    private void Grow()
    {
        KeyNode?[] old = buckets;
        buckets = new KeyNode?[old.Length * 2];
        foreach (KeyNode? first in old)
        {
            for (KeyNode? node = first; node is not null;)
            {
                KeyNode? next = node.NextInBucket;
                Link(node);
                node = next;
            }
        }
    }

    private int Place(long parent, ulong hash) =>
        (int)(((hash ^ (ulong)parent) * 0x9E3779B97F4A7C15 >> 32) & (ulong)(buckets.Length - 1));
}
