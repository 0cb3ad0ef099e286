namespace Cortex.Cpu.Tests.Engine;

/// <summary>A sequence that a rig computes: its tokens, its blocks, and everything that came of it.</summary>
internal sealed class TestSequence(int id, IEnumerable<int> tokens)
{
    public int Id => id;

    /// <summary>Prompt, then what was sampled.</summary>
    public List<int> Tokens { get; } = [.. tokens];

    /// <summary>Tokens that have KV.</summary>
    public int Fed { get; set; }

    public List<int> Blocks { get; } = [];

    /// <summary>Logits behind each token that was computed, in the order in which they were.</summary>
    public List<float[]> Logits { get; } = [];

    /// <summary>By stage (see <see cref="Runtime.Engines.Forward.IForwardObserver.Hidden"/>), a row for each token computed.</summary>
    public Dictionary<int, List<float[]>> Hidden { get; } = [];
}
