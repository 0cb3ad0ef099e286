using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// The engines' KV memory over a run, looked at in equal intervals. How long the run will be is not known, so the interval doubles whenever the
/// room is used up: between 32 and 64 looks are left at the end of all runs but the shortest.
/// </summary>
public sealed class KvTimeline : IServingObserver
{
    private const int MostLooks = 64;

    private readonly List<KvState[]> looks = [];

    /// <summary>Of looks that were dropped.</summary>
    private readonly Stack<KvState[]> spares = new();

    /// <summary>Between looks; the first is as long after time 0 as the others are apart.</summary>
    public Duration Interval { get; private set; } = Duration.FromSeconds(0.01);

    /// <summary>When the next look is due.</summary>
    public Instant NextLook { get; private set; } = Instant.Zero + Duration.FromSeconds(0.01);

    /// <summary>What was seen at each multiple of <see cref="Interval"/>, from the first on: the state of each engine.</summary>
    public IReadOnlyList<IReadOnlyList<KvState>> Looks => looks;

    public void Look(Instant at, IReadOnlyList<EngineCore> engines)
    {
        KvState[] look = spares.Count > 0 ? spares.Pop() : new KvState[engines.Count];
        for (int engine = 0; engine < look.Length; engine++)
        {
            look[engine] = engines[engine].Kv;
        }
        looks.Add(look);
        if (looks.Count == MostLooks)
        {
            for (int kept = 0; kept < MostLooks / 2; kept++)
            {
                spares.Push(looks[2 * kept]);
                looks[kept] = looks[2 * kept + 1];
            }
            looks.RemoveRange(MostLooks / 2, MostLooks / 2);
            Interval = new(2 * Interval.Ns);
        }
        NextLook = new((looks.Count + 1) * Interval.Ns);
    }
}
