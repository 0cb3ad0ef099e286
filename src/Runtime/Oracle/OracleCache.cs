namespace Cortex.Runtime.Oracle;

/// <summary>Keys (turned by their positions) and values of a text so far, layer by layer, without blocks and without a limit.</summary>
public sealed class OracleCache
{
    private readonly List<double[]>[] _keys;
    private readonly List<double[]>[] _values;

    internal OracleCache(int layers)
    {
        _keys = [.. Enumerable.Range(0, layers).Select(_ => new List<double[]>())];
        _values = [.. Enumerable.Range(0, layers).Select(_ => new List<double[]>())];
    }

    /// <summary>Tokens computed so far.</summary>
    public int Length => _keys[^1].Count;

    /// <summary>By position, each [kv heads × head].</summary>
    internal List<double[]> Keys(int layer) => _keys[layer];

    /// <summary>By position, each [kv heads × head].</summary>
    internal List<double[]> Values(int layer) => _values[layer];
}
