using Cortex.Policies.Random;

namespace Cortex.Peers.Tests.Vllm.Random;

/// <summary>
/// Draws the requests of a scenario: lone prompts, prompts along a tree of shared prefixes, growing sessions (their own outputs
/// included) that may branch, and exact or cut repeats; alone, in bursts, and after idle stretches.
/// </summary>
internal sealed class RandomRequests(RandomStream random, VllmConfig config)
{
    private static readonly VllmResult Unknown = new(null, null, null, 0, null, 0);

    private readonly List<VllmRequest> requests = [];

    /// <summary>Share of tiny pieces. Many tiny requests beside a long one make steps that preempt several.</summary>
    private readonly double tiny = random.Pick([0.25, 0.25, 0.85]);

    private int segments;

    /// <summary>Longest prompt: one token at least must be left to produce.</summary>
    private int Longest => config.MaxModelLen - 1;

    public IReadOnlyList<VllmRequest> Draw()
    {
        int count = random.Between(5, 90);
        int meanGap = random.Pick([0, 1, 3, 10]);
        double burst = random.Pick([0.0, 0.3, 0.8]);
        double shared = random.Pick([0.2, 0.6, 0.95]);
        List<VllmPiece> tree = DrawTree();
        int arrival = random.NextInt(5);
        for (int id = 0; id < count; id++)
        {
            List<VllmPiece> prompt = random.Chance(shared) ? DrawRelated(tree) : [Fresh(Longest)];
            int priority = config.ByPriority ? random.NextInt(random.Pick([1, 3, 5])) : 0;
            requests.Add(new VllmRequest(id, arrival, priority, DrawOutput(), Cut(prompt, Longest), Unknown));
            if (!random.Chance(burst))
            {
                arrival += random.Between(0, 2 * meanGap) + (random.Chance(0.02) ? 500 : 0);
            }
        }
        return requests;
    }

    /// <summary>Segments that stand at the first, second and third place of a prompt, two of each.</summary>
    private List<VllmPiece> DrawTree() => [.. Enumerable.Range(0, 6).Select(_ => Fresh(Longest / 4))];

    private List<VllmPiece> DrawRelated(List<VllmPiece> tree)
    {
        VllmRequest? earlier = requests.Count > 0 ? requests[^random.Between(1, Math.Min(requests.Count, 12))] : null;
        switch (earlier is null ? 0 : random.NextInt(4))
        {
            case 0:
                int depth = random.Between(1, 3);
                return [.. Enumerable.Range(0, depth).Select(level => tree[2 * level + random.NextInt(2)]), Fresh(Longest / 4)];
            case 1: // The next turn of a session, or a branch of it.
                int told = random.Chance(0.8) ? earlier!.Out : random.Between(1, earlier!.Out);
                return [.. earlier.Prompt, new VllmPiece(-(earlier.Id + 1), told), Fresh(Longest / 8)];
            case 2:
                return [.. earlier!.Prompt];
            default:
                int length = earlier!.Prompt.Sum(piece => piece.Length);
                int cut = random.Between(1, length);
                bool onBoundary = random.Chance(0.5) && cut >= config.BlockSize;
                return Cut(earlier.Prompt, onBoundary ? cut / config.BlockSize * config.BlockSize : cut);
        }
    }

    private VllmPiece Fresh(int longest)
    {
        int length = random.Chance(tiny) ? random.Between(1, 3) : random.NextInt(3) switch
        {
            0 => config.BlockSize * random.Between(1, Math.Max(1, longest / config.BlockSize)) + random.Between(-1, 1),
            _ => random.Between(1, Math.Max(1, longest)),
        };
        return new VllmPiece(segments++, Math.Clamp(length, 1, Math.Max(1, longest)));
    }

    private int DrawOutput() => random.NextInt(5) switch
    {
        0 => 1,
        1 => random.Between(1, 4),
        2 => config.BlockSize + random.Between(0, 1),
        3 => random.Between(1, config.MaxModelLen), // may end by max_model_len
        _ => random.Between(1, Math.Max(2, config.MaxModelLen / 4)),
    };

    private static List<VllmPiece> Cut(IReadOnlyList<VllmPiece> prompt, int length)
    {
        List<VllmPiece> kept = [];
        foreach (VllmPiece piece in prompt)
        {
            int take = Math.Min(piece.Length, length);
            if (take == 0)
            {
                break;
            }
            kept.Add(piece with { Length = take });
            length -= take;
        }
        return kept;
    }
}
