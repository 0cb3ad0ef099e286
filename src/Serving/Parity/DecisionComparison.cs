using Cortex.Serving.Decisions;

namespace Cortex.Serving.Parity;

/// <summary>
/// Compares two runs decision by decision. Engines decide side by side, so only the order within each engine, and within the fleet, is
/// looked at.
/// </summary>
/// <param name="Axes">One entry an axis.</param>
/// <param name="First">The first difference; null if there is none.</param>
public sealed record DecisionComparison(IReadOnlyList<AxisAgreement> Axes, Divergence? First)
{
    public static DecisionComparison Of(DecisionLog recorded, DecisionLog simulated) => new(Agreement(recorded, simulated), FirstDivergence(recorded, simulated));

    private static AxisAgreement[] Agreement(DecisionLog recorded, DecisionLog simulated)
    {
        int axes = Enum.GetValues<DecisionAxis>().Length;
        long[] ours = new long[axes];
        long[] theirs = new long[axes];
        long[] equal = new long[axes];
        Dictionary<(DecisionAxis Axis, long Call), Queue<Decision>> byCall = [];
        for (int i = 0; i < simulated.Count; i++)
        {
            Decision decision = simulated[i];
            theirs[(int)decision.Axis]++;
            if (!byCall.TryGetValue((decision.Axis, decision.Call), out Queue<Decision>? queue))
            {
                byCall.Add((decision.Axis, decision.Call), queue = new());
            }
            queue.Enqueue(decision);
        }
        for (int i = 0; i < recorded.Count; i++)
        {
            Decision decision = recorded[i];
            ours[(int)decision.Axis]++;
            if (byCall.TryGetValue((decision.Axis, decision.Call), out Queue<Decision>? queue) && queue.TryDequeue(out Decision other))
            {
                equal[(int)decision.Axis] += other.Source == decision.Source && other.Answer == decision.Answer ? 1 : 0;
            }
        }
        return [.. Enumerable.Range(0, axes).Select(axis => new AxisAgreement((DecisionAxis)axis, ours[axis], theirs[axis], equal[axis]))];
    }

    private static Divergence? FirstDivergence(DecisionLog recorded, DecisionLog simulated)
    {
        SortedDictionary<int, Queue<int>> bySource = [];
        for (int i = 0; i < simulated.Count; i++)
        {
            int source = simulated[i].Source;
            if (!bySource.TryGetValue(source, out Queue<int>? queue))
            {
                bySource.Add(source, queue = new());
            }
            queue.Enqueue(i);
        }
        for (int i = 0; i < recorded.Count; i++)
        {
            if (!bySource.TryGetValue(recorded[i].Source, out Queue<int>? queue) || !queue.TryDequeue(out int other))
            {
                return new(i, recorded.Text(i), null);
            }
            if (recorded[i] != simulated[other] || !recorded.Blocks(i).SequenceEqual(simulated.Blocks(other)))
            {
                return new(i, recorded.Text(i), simulated.Text(other));
            }
        }
        int rest = bySource.Values.Where(queue => queue.Count > 0).Select(queue => queue.Peek()).DefaultIfEmpty(-1).Min();
        return rest < 0 ? null : new(recorded.Count, null, simulated.Text(rest));
    }
}
