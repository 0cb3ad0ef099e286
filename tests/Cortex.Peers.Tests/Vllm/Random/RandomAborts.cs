using Cortex.Policies.Random;

namespace Cortex.Peers.Tests.Vllm.Random;

/// <summary>Draws when clients give up: here and there, or all who came lately at once; before schedule and before update.</summary>
internal static class RandomAborts
{
    public static (Dictionary<int, IReadOnlyList<int>> BeforeSchedule, Dictionary<int, IReadOnlyList<int>> BeforeUpdate) Draw(
        RandomStream random, IReadOnlyList<VllmRequest> requests)
    {
        Dictionary<int, IReadOnlyList<int>>[] aborts = [[], []];
        double single = random.Pick([0.0, 0.0, 0.1, 0.4]);
        foreach (VllmRequest request in requests)
        {
            if (random.Chance(single))
            {
                Add(aborts[random.NextInt(2)], request.Arrival + random.NextInt(random.Pick([1, 4, 30])), request.Id);
            }
        }
        for (int storms = random.Pick([0, 0, 1, 3]); storms > 0; storms--)
        {
            int step = random.Pick(requests).Arrival + random.NextInt(20);
            foreach (VllmRequest request in requests.Where(request => request.Arrival <= step && request.Arrival > step - 60))
            {
                if (random.Chance(0.7))
                {
                    Add(aborts[random.NextInt(2)], step, request.Id);
                }
            }
        }
        return (aborts[0], aborts[1]);
    }

    private static void Add(Dictionary<int, IReadOnlyList<int>> aborts, int step, int id) =>
        aborts[step] = aborts.TryGetValue(step, out IReadOnlyList<int>? others) ? [.. others, id] : [id];
}
