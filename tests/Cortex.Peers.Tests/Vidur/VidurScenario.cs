using Cortex.Policies.Random;

namespace Cortex.Peers.Tests.Vidur;

/// <summary>
/// Random runs of the kind that Vidur's recorded ones are, with small pools that preempt often. Equal seeds give equal scenarios; the
/// expected times are those of the plain reference.
/// </summary>
public static class VidurScenario
{
    public static VidurCase Case(ulong seed)
    {
        RandomStream random = new(seed, "vidur-scenario");
        int blockSize = random.Pick([1, 4, 16, 16, 32]);
        int longest = random.Between(4, 60) * blockSize;
        int watermark = random.Between(0, 8);
        VidurRun run = new()
        {
            Name = $"seed {seed}",
            Input = "",
            Output = "",
            StepTime = "closed-form",
            Scheduler = "sarathi",
            Layers = random.Pick([1, 32]),
            BlockSize = blockSize,
            // The longest request alone must fit above the watermark, even when all its tokens have become its prompt.
            NumBlocks = (int)(longest / blockSize * random.Pick([1.0, 1.5, 3.0, 20.0])) + 1 + watermark,
            WatermarkBlocks = watermark,
            BatchSizeCap = random.Between(1, 40),
            // A small one is spent by the decodes alone at times, and prefills get nothing.
            ChunkSize = random.Chance(0.2) ? random.Between(1, 40) : random.Between(40, 600),
        };
        VidurRequest[] requests = [.. DrawRequests(random, longest)];
        return new VidurCase(run, requests, new PlainVidur(run).Play(requests));
    }

    private static IEnumerable<VidurRequest> DrawRequests(RandomStream random, int longest)
    {
        int count = random.Between(5, 120);
        double meanGap = random.Pick([0.0, 0.01, 0.1, 1.0]);
        double burst = random.Pick([0.0, 0.3, 0.8]);
        double arrival = random.NextDouble();
        for (int id = 0; id < count; id++)
        {
            int prompt = random.Chance(0.2) ? random.Between(1, Math.Max(1, longest / 2)) : random.Between(1, Math.Max(1, longest / 8));
            int output = random.Chance(0.1) ? 1 : random.Between(1, longest - prompt);
            yield return new VidurRequest(id, arrival, prompt, output);
            arrival += random.Chance(burst) ? 0 : 2 * meanGap * random.NextDouble();
        }
    }
}
