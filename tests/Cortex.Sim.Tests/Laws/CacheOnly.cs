using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Serving;

namespace Cortex.Sim.Tests.Laws;

/// <summary>An engine's prefix cache by itself: prompts one after the other, without time, so that the order of accesses is fixed.</summary>
internal static class CacheOnly
{
    public const int BlockSize = 16;

    /// <summary>The longest prompt, in blocks.</summary>
    public const int LongestPrompt = 96;

    /// <summary>Prompts of sessions that take turns at random and grow; each begins with one of three system prompts.</summary>
    /// <param name="seed">What is drawn.</param>
    /// <param name="shared">Whether sessions share their system prompts; otherwise each has a copy of its own.</param>
    public static List<Segment[]> Prompts(ulong seed, bool shared = true)
    {
        const int Sessions = 14, Turns = 160, Systems = 3;
        RandomStream draw = new(seed, "prompts");
        int[] length = new int[Sessions];
        List<Segment[]> prompts = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            int session = draw.NextInt(Sessions);
            int most = (LongestPrompt * BlockSize) - 400;
            int grown = length[session] + 1 + draw.NextInt(200);
            length[session] = grown > most ? 1 + draw.NextInt(200) : grown;
            int system = session % Systems;
            prompts.Add([new(new(shared ? system : 1_000 + session), 0, 100 * (1 + system)), new(new(100 + session), 0, length[session])]);
        }
        return prompts;
    }

    /// <summary>Prompt tokens found.</summary>
    public static long Hits(IReadOnlyList<Segment[]> prompts, int blocks)
    {
        EngineCore engine = new(
            new()
            {
                Name = "cache",
                AsyncScheduling = false,
                BlockSize = BlockSize,
                NumBlocks = blocks + 1,
                MaxNumSeqs = 1,
                MaxNumBatchedTokens = LongestPrompt * BlockSize,
                MaxModelLen = (LongestPrompt + 1) * BlockSize,
                EnablePrefixCaching = true,
            },
            VictimOrder.YoungestAdmission);
        List<Sequence> stopped = [], ended = [];
        for (int call = 0; call < prompts.Count; call++)
        {
            engine.Enqueue(
                new()
                {
                    Tag = call,
                    WorkflowTag = call,
                    Stage = default,
                    Prompt = prompts[call],
                    PromptTokens = prompts[call].Sum(segment => segment.Length),
                    MaxTokens = 1,
                    Output = new(1_000_000 + call),
                },
                call, call);
            while (engine.CanPlan)
            {
                engine.Plan();
                engine.Deliver(1, Instant.Zero, stopped, ended);
            }
        }
        return engine.Totals.HitTokens;
    }
}
