using Cortex.Policies;
using Cortex.Serving;
using Xunit;

namespace Cortex.Peers.Tests.Repeating;

/// <summary>
/// Plays a script on an <see cref="EngineCore"/> that is driven directly, either step by step or in the longest runs of repeated steps that
/// the core allows. A run ends early only when the core says that it must: calls arrive and are given up within runs.
/// </summary>
internal sealed class ScriptPlayer(CallScript script, bool repeat)
{
    private readonly DecisionLog log = new();
    private readonly List<CallFate> fates = [];
    private readonly Dictionary<int, Sequence> inside = [];
    private readonly HashSet<Sequence> steady = [];

    /// <summary>Tokens until its true end, by tag.</summary>
    private readonly Dictionary<int, int> left = script.Calls.ToDictionary(call => call.Request.Tag, call => call.Output);

    private EngineCore core = null!;
    private int arrived;

    public DecisionLog Log => log;

    /// <summary>In the order in which the calls left.</summary>
    public IReadOnlyList<CallFate> Fates => fates;

    public EngineTotals Totals => core.Totals;
    public KvState Kv => core.Kv;

    /// <summary>Steps taken as repetitions of another.</summary>
    public int Repeated { get; private set; }

    /// <summary>Planned steps in which calls had blocks in common.</summary>
    public int Sharing { get; private set; }

    /// <summary>Steps within a run before which a call arrived or was given up, and the run went on.</summary>
    public int Outlived { get; private set; }

    public void Play()
    {
        core = new(script.Settings, script.Victims, index: 0, log);
        for (int step = 0; arrived < script.Calls.Count || inside.Count > 0;)
        {
            step = inside.Count == 0 ? Math.Max(step, script.Calls[arrived].Step) : step;
            Arrive(step);
            Abort(script.AbortsBetween, step);
            StepPlan plan = core.Plan();
            CheckShared(plan);
            step += plan.IsEmpty ? 1 : Take(plan, step);
        }
    }

    /// <summary>What tables have in common: the blocks of all less those that are in use.</summary>
    private void CheckShared(StepPlan plan)
    {
        long shared = inside.Values.Sum(sequence => (long)sequence.BlockCount) - (core.Kv.Total - core.Kv.Free);
        Assert.Equal(shared * script.Settings.BlockSize, plan.SharedTokens);
        Sharing += shared > 0 ? 1 : 0;
    }

    /// <summary>Takes the planned step, and as many like it as can be, to the end; returns how many.</summary>
    private int Take(StepPlan plan, int step)
    {
        steady.ExceptWith(plan.Left);
        int limit = repeat ? plan.RepeatLimit : 0;
        int count = limit == 0 ? 1 : 1 + Math.Min(limit, steady.Min(sequence => left[sequence.Request.Tag]) - 1);
        int taken = 0;
        bool goesOn = true;
        while (goesOn)
        {
            int now = step + taken++;
            goesOn = taken < count;
            if (script.AbortsWithin.ContainsKey(now))
            {
                core.AdvanceRun(new(taken, taken - 1));
                Abort(script.AbortsWithin, now);
                goesOn &= !core.RunMustEnd;
            }
            if (goesOn && HappensBefore(now + 1))
            {
                core.AdvanceRun(new(taken, taken));
                Arrive(now + 1);
                Abort(script.AbortsBetween, now + 1);
                goesOn = !core.RunMustEnd;
                Outlived += goesOn ? 1 : 0;
            }
        }
        Deliver(plan, taken, step + taken - 1);
        Repeated += taken - 1;
        return taken;
    }

    private void Deliver(StepPlan plan, int count, int last)
    {
        List<Sequence> stopped = [];
        foreach (Sequence sequence in steady)
        {
            Yield(sequence, count, stopped);
        }
        foreach (StepRow row in plan.Rows.Where(row => row.Yields && inside.ContainsKey(row.Sequence.Request.Tag)))
        {
            Yield(row.Sequence, 1, stopped);
        }
        steady.UnionWith(plan.Joined.Where(sequence => inside.ContainsKey(sequence.Request.Tag)));
        List<Sequence> ended = [];
        core.Deliver(count, new(last), stopped, ended);
        foreach (Sequence sequence in ended)
        {
            Leave(sequence, last);
        }
    }

    private void Yield(Sequence sequence, int tokens, List<Sequence> stopped)
    {
        if ((left[sequence.Request.Tag] -= tokens) == 0)
        {
            stopped.Add(sequence);
        }
    }

    private bool HappensBefore(int step) =>
        script.AbortsBetween.ContainsKey(step) || (arrived < script.Calls.Count && script.Calls[arrived].Step <= step);

    private void Arrive(int step)
    {
        for (; arrived < script.Calls.Count && script.Calls[arrived].Step <= step; arrived++)
        {
            ScriptedCall call = script.Calls[arrived];
            inside.Add(call.Request.Tag, core.Enqueue(call.Request, arrived, call.Key));
        }
    }

    private void Abort(IReadOnlyDictionary<int, IReadOnlyList<int>> aborts, int step)
    {
        foreach (int tag in aborts.GetValueOrDefault(step, []))
        {
            if (inside.TryGetValue(tag, out Sequence? sequence))
            {
                core.Abort(sequence);
                Leave(sequence, step);
            }
        }
    }

    private void Leave(Sequence sequence, int step)
    {
        CallRequest request = sequence.Request;
        inside.Remove(request.Tag);
        steady.Remove(sequence);
        long first = sequence.FirstToken == Instant.Never ? -1 : sequence.FirstToken.Ns;
        fates.Add(new(request.Tag, first, step, sequence.Produced, sequence.Preemptions, sequence.FirstHitTokens));
    }
}
