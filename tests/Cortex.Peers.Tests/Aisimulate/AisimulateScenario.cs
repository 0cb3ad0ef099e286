using System.Text;
using System.Text.Json;
using Cortex.Peers.Tests.Aisimulate.Plain;
using Cortex.Policies.Random;
using Cortex.Workloads;

namespace Cortex.Peers.Tests.Aisimulate;

/// <summary>
/// Random runs with small pools that preempt often: prompts along a tree of shared blocks, plays in which requests wait for others, arrivals
/// in bursts. Equal seeds give equal scenarios; the expected times are those of the plain reference.
/// </summary>
public sealed class AisimulateScenario
{
    private readonly RandomStream random;
    private readonly int longest;
    private readonly List<AisimulateRequest> requests = [];

    /// <summary>Ids of blocks by the one before and the branch taken there.</summary>
    private readonly Dictionary<(long Before, int Branch), long> tree = [];

    private AisimulateScenario(ulong seed)
    {
        random = new(seed, "aisimulate-scenario");
        int blockSize = random.Pick([1, 4, 16, 16, 32]);
        int nativeBlock = blockSize * random.Pick([1, 1, 4]);
        longest = random.Between(4, 40) * blockSize;
        AisimulateRun run = new()
        {
            Name = $"seed {seed}",
            Output = "",
            Input = "",
            Format = "agentic_mooncake",
            Workers = random.Pick([1, 1, 2, 3]),
            Router = "round_robin",
            Timing = random.Pick([new("polynomial"), new("polynomial"), new AisimulateTiming("fixed", 10, 5)]),
            BlockSize = blockSize,
            // The longest request must fit alone; its last token needs no place.
            BlocksPerWorker = (int)(longest / blockSize * random.Pick([1.0, 1.2, 2.0, 6.0])),
            MaxNumBatchedTokens = random.Pick([random.Between(8, 60), random.Between(40, 600)]),
            MaxNumSeqs = random.Between(1, 40),
        };
        Draw(nativeBlock);
        AisimulateCase unplayed = new(run, nativeBlock, LocalIds: random.Chance(0.5), requests, [], Workers: null);
        Case = unplayed with { Expected = new PlainAisimulate(unplayed).Play() };
    }

    public AisimulateCase Case { get; }

    public static AisimulateScenario Of(ulong seed) => new(seed);

    /// <summary>The requests as the product reads them from an agentic Mooncake file.</summary>
    public Workload Load()
    {
        IEnumerable<object> lines = requests.Select(request => (object)new
        {
            request_id = request.Name,
            play_id = request.Play,
            input_length = request.PromptTokens,
            output_length = request.OutputTokens,
            hash_ids = request.HashIds,
            not_before_ms = Ms(request.NotBeforeNs),
            dependencies = request.After.Select(edge => new
            {
                request_id = requests[edge.Id].Name, trigger = "completion", relation = "sequence", delay_ms = Ms(edge.DelayNs),
            }),
        });
        object header = new
        {
            schema = "dynamo.agentic_mooncake", version = 2, block_size = Case.NativeBlock, hash_id_scope = Case.LocalIds ? "local" : "global",
        };
        string text = string.Join('\n', lines.Prepend(header).Select(line => JsonSerializer.Serialize(line)));
        return TraceFile.Load(Encoding.UTF8.GetBytes(text), Case.Run.Name);
    }

    private static decimal Ms(long ns) => ns / 1e6m;

    private void Draw(int nativeBlock)
    {
        int plays = random.Between(2, 60);
        int turns = random.Pick([1, 1, 6]);
        double meanGapMs = random.Pick([0.0, 1, 30, 300]);
        double burst = random.Pick([0.0, 0.3, 0.8]);
        double arrivalMs = 0;
        for (int play = 0; play < plays; play++)
        {
            DrawPlay(play, random.Between(1, turns), (long)(arrivalMs * 1e6), nativeBlock);
            arrivalMs += random.Chance(burst) ? 0 : 2 * meanGapMs * random.NextDouble();
        }
    }

    private void DrawPlay(int play, int count, long startNs, int nativeBlock)
    {
        int first = requests.Count;
        for (int turn = 0; turn < count; turn++)
        {
            int prompt = random.Chance(0.3) ? random.Between(1, Math.Max(1, longest / 2)) : random.Between(1, Math.Max(1, longest / 6));
            int output = random.Chance(0.1) ? 1 : random.Between(1, longest + 1 - prompt);
            int id = requests.Count;
            List<AisimulateEdge> after = [];
            for (int edges = turn == 0 ? 0 : random.Between(1, 2); edges > 0; edges--)
            {
                int before = random.Between(Math.Max(first, id - 3), id - 1);
                if (!after.Exists(edge => edge.Id == before))
                {
                    after.Add(new(before, random.Between(1, 200_000_000)));
                }
            }
            long notBefore = turn == 0 ? startNs : random.Chance(0.3) ? startNs + random.Between(1, 2_000_000_000) : 0;
            requests.Add(new(id, $"r{id}", $"p{play}", notBefore, after, prompt, output, DrawIds(prompt, nativeBlock)));
        }
    }

    /// <summary>A path from the root of the tree; few branches, most of them taken by the first.</summary>
    private List<long> DrawIds(int prompt, int nativeBlock)
    {
        List<long> ids = [];
        int blocks = random.Chance(0.2) ? 0 : (prompt + nativeBlock - 1) / nativeBlock;
        int shared = random.Between(0, blocks);
        for (int i = 0; i < blocks; i++)
        {
            int branch = i < shared ? random.Pick([0, 0, 0, 0, 1]) : 2 + requests.Count;
            (long, int) step = (ids.Count == 0 ? -1 : ids[^1], branch);
            if (!tree.TryGetValue(step, out long id))
            {
                tree.Add(step, id = tree.Count);
            }
            ids.Add(id);
        }
        return ids;
    }
}
