namespace Cortex.Serving;

/// <summary>The KV memory of an engine at a moment, in blocks.</summary>
/// <param name="Total">Usable blocks.</param>
/// <param name="Free">Blocks without owner, whether they still have a key or not.</param>
/// <param name="CachedKeys">Distinct keys in the prefix index.</param>
/// <param name="Evicted">Blocks that lost their key to make room, since the start.</param>
public readonly record struct KvState(int Total, int Free, int CachedKeys, long Evicted);
