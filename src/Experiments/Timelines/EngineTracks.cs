using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Timelines;

/// <summary>
/// A process a pool and a track an engine, with its steps; beside them how many calls wait and run, and how many KV blocks are in use. Equal
/// steps that the simulator takes in one go are one span, which says how many they are.
/// </summary>
internal sealed class EngineTracks
{
    private readonly TraceEventWriter events;
    private readonly Engine[] engines;
    private readonly SortedSet<int> changed = [];
    private Instant now;

    /// <param name="events">Where to write.</param>
    /// <param name="names">Names of the engines, by worker.</param>
    /// <param name="core">Tells the pools.</param>
    /// <param name="stages">Names of the stages that call a model, with the pool of each.</param>
    public EngineTracks(TraceEventWriter events, IReadOnlyList<string> names, ServingCore core, IEnumerable<(string Name, PoolId Pool)> stages)
    {
        this.events = events;
        engines = [.. names.Select((name, worker) => new Engine(name, new(1 + core.PoolOf(new WorkerId((ushort)worker)).Value, worker + 1)))];
        ILookup<int, string> stagesOf = stages.ToLookup(stage => 1 + stage.Pool.Value, stage => stage.Name);
        foreach (int process in engines.Select(engine => engine.Track.Process).Distinct().Order())
        {
            events.NameProcess(process, $"pool {process - 1}: {string.Join(", ", stagesOf[process])}");
        }
        for (int worker = 0; worker < engines.Length; worker++)
        {
            events.NameTrack(engines[worker].Track, names[worker], worker);
        }
    }

    /// <summary>To be called before anything is written of a later instant: counters have one value an instant.</summary>
    public void MoveTo(Instant at)
    {
        if (at > now)
        {
            WriteChanged();
            now = at;
        }
    }

    public void Waits(WorkerId worker, Instant at) => Change(worker, waiting: 1, running: 0, at);

    public void Runs(WorkerId worker, Instant at) => Change(worker, waiting: -1, running: 1, at);

    public void IsPreempted(WorkerId worker, Instant at) => Change(worker, waiting: 1, running: -1, at);

    public void Leaves(WorkerId worker, bool wasRunning, Instant at) => Change(worker, wasRunning ? 0 : -1, wasRunning ? -1 : 0, at);

    public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
    {
        Engine engine = engines[worker.Value];
        engine.UsedBlocks = kv.Total - kv.Free;
        Change(worker, waiting: 0, running: 0, at);
        engine.InFlight.Enqueue(plan);
        if (engine.InFlight.Count == 1)
        {
            Begin(engine, plan, at);
        }
    }

    /// <summary>The step that has ended; the next one in flight begins.</summary>
    public StepPlan StepEnded(WorkerId worker, StepResult result, Instant at)
    {
        MoveTo(at);
        Engine engine = engines[worker.Value];
        StepPlan plan = engine.InFlight.Dequeue();
        events.OpenEnd(engine.Track, at);
        events.Arg("steps", result.Count);
        events.Close();
        if (engine.InFlight.TryPeek(out StepPlan? next))
        {
            Begin(engine, next, at);
        }
        return plan;
    }

    /// <summary>Ends what is still open.</summary>
    public void Close(Instant end)
    {
        MoveTo(end);
        WriteChanged();
        foreach (Engine engine in engines.Where(engine => engine.InFlight.Count > 0))
        {
            events.OpenEnd(engine.Track, end);
            events.Close();
        }
    }

    private void Begin(Engine engine, StepPlan plan, Instant at)
    {
        string name = plan.Prefills.Count == 0 ? "decode" : plan.DecodeSequences == 0 ? "prefill" : "prefill + decode";
        events.OpenBegin(engine.Track, at, "step", name);
        events.Arg("step", plan.Number);
        events.Arg("tokens", plan.Tokens);
        events.Arg("prefills", plan.Prefills.Count);
        events.Arg("decodes", plan.DecodeSequences);
        events.Close();
    }

    private void Change(WorkerId worker, int waiting, int running, Instant at)
    {
        MoveTo(at);
        engines[worker.Value].Waiting += waiting;
        engines[worker.Value].Running += running;
        changed.Add(worker.Value);
    }

    private void WriteChanged()
    {
        foreach (int worker in changed)
        {
            Engine engine = engines[worker];
            events.OpenCounter(engine.Track.Process, now, engine.CallsCounter);
            events.Arg("running", engine.Running);
            events.Arg("waiting", engine.Waiting);
            events.Close();
            events.OpenCounter(engine.Track.Process, now, engine.BlocksCounter);
            events.Arg("used", engine.UsedBlocks);
            events.Close();
        }
        changed.Clear();
    }

    private sealed class Engine(string name, Track track)
    {
        public Track Track { get; } = track;
        public string CallsCounter { get; } = $"{name} calls";
        public string BlocksCounter { get; } = $"{name} KV blocks";
        public Queue<StepPlan> InFlight { get; } = new();
        public int Waiting { get; set; }
        public int Running { get; set; }
        public int UsedBlocks { get; set; }
    }
}
