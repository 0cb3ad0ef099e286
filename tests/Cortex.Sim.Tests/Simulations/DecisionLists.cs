using Cortex.Serving.Decisions;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>The decisions of a run as texts, a list for each of its sources: what the fingerprint is mixed from.</summary>
public sealed class DecisionLists : ICoreTap
{
    private readonly SortedDictionary<int, List<string>> bySource = [];

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks)
    {
        if (!bySource.TryGetValue(decision.Source, out List<string>? list))
        {
            bySource.Add(decision.Source, list = []);
        }
        list.Add($"{decision.Axis} of call {decision.Call}: {decision.Answer}, blocks {string.Join(' ', blocks.ToArray())}");
    }

    /// <summary>The first decision that differs, or null.</summary>
    public static string? FirstDifference(DecisionLists expected, DecisionLists got)
    {
        foreach (int source in expected.bySource.Keys.Union(got.bySource.Keys).Order())
        {
            List<string> left = expected.bySource.GetValueOrDefault(source) ?? [];
            List<string> right = got.bySource.GetValueOrDefault(source) ?? [];
            for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
            {
                string wanted = i < left.Count ? left[i] : "none";
                string given = i < right.Count ? right[i] : "none";
                if (wanted != given)
                {
                    return $"source {source}, decision {i}: expected {wanted}; got {given}";
                }
            }
        }
        return null;
    }
}
