namespace Cortex.Peers.Tests.Vllm;

/// <summary>Whence a request came into a step; numbered as in the logs.</summary>
public enum VllmKind
{
    Running = 0,
    Admitted = 1,
    Resumed = 2,
}

/// <summary>A request's part in a step.</summary>
public sealed class VllmRow
{
    /// <param name="id">The request.</param>
    /// <param name="kind">Running before, or admitted in this step.</param>
    /// <param name="computed">Tokens that had KV before; the hit tokens of an admission.</param>
    /// <param name="tokens">Tokens in this step.</param>
    /// <param name="blocks">New blocks of a running request, the whole table of an admitted one.</param>
    public VllmRow(int id, VllmKind kind, int computed, int tokens, IReadOnlyList<int> blocks)
    {
        // The log writes a plain decode as a bare id, without its computed tokens. So must everyone who is compared with it.
        bool bare = kind == VllmKind.Running && tokens == 1 && blocks.Count == 0;
        Text = bare ? $"{id}" : $"({id} {kind} computed {computed} tokens {tokens} blocks [{string.Join(',', blocks)}])";
    }

    /// <summary>A running request with one token and no new block.</summary>
    public static VllmRow Bare(int id) => new(id, VllmKind.Running, 0, 1, []);

    /// <summary>All that a log says of the row.</summary>
    public string Text { get; }

    public override string ToString() => Text;
}
