using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Timelines;

/// <summary>
/// A run as it goes by, from the core's observer stream: pools, engines and their steps, queues and KV, tools, and a track a workflow with
/// what each of its calls was doing. Written as it happens, in order of time; memory does not grow with the run.
/// </summary>
/// <param name="player">Names workflows and stages.</param>
/// <param name="workers">Names of the engines, by worker.</param>
/// <param name="output">Where the timeline goes; left open.</param>
/// <param name="about">What the file is of, by name.</param>
internal sealed class RunTimeline(
    TracePlayer player, IReadOnlyList<string> workers, Stream output, IEnumerable<KeyValuePair<string, string>> about) : IServingObserver, IDisposable
{
    private readonly TraceEventWriter events = new(output, about);
    private readonly Dictionary<int, CallSpan> calls = [];
    private readonly Dictionary<int, (Track OfWorkflow, Track OfTool)> tools = [];
    private EngineTracks engines = null!;
    private WorkflowTracks workflows = null!;
    private ToolTracks toolTracks = null!;

    /// <summary>To be called once, before anything happens.</summary>
    /// <param name="core">Tells which engine and which stage is in which pool.</param>
    /// <param name="callStages">The stages that call a model.</param>
    public void Open(ServingCore core, IEnumerable<StageId> callStages)
    {
        engines = new(events, workers, core, callStages.Select(stage => (player.Trace.Stages[stage.Value], core.PoolOf(stage))));
        toolTracks = new(events);
        workflows = new(events, player);
    }

    public void WorkflowArrived(int tag, Instant at)
    {
        engines.MoveTo(at);
        workflows.Arrived(tag, at);
    }

    public void WorkflowEnded(int tag, Instant at)
    {
        engines.MoveTo(at);
        workflows.Ended(tag, at);
    }

    public void CallArrived(int tag, Instant at)
    {
        engines.MoveTo(at);
        CallSpan call = new(workflows.Take(tag));
        calls.Add(tag, call);
        events.OpenBegin(call.Track, at, "call", player.Trace.Stages[player.NodeOf(tag).Stage.Value]);
        events.Arg("node", NodeOf(tag));
        events.Close();
        BeginPhase(call, CallPhase.Queue, at);
    }

    public void CallRouted(int tag, WorkerId worker, Instant at)
    {
        calls[tag].Worker = worker;
        engines.Waits(worker, at);
    }

    public void CallScheduled(int tag, WorkerId worker, Instant at)
    {
        CallSpan call = calls[tag];
        call.IsRunning = true;
        engines.Runs(worker, at);
        if (call.Phase == CallPhase.Queue)
        {
            ChangePhase(call, CallPhase.Prefill, at);
        }
    }

    public void CallPreempted(int tag, WorkerId worker, Instant at)
    {
        CallSpan call = calls[tag];
        call.IsRunning = false;
        engines.IsPreempted(worker, at);
        if (call.Phase != CallPhase.Preempted)
        {
            ChangePhase(call, CallPhase.Preempted, at);
        }
    }

    public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at) => engines.StepStarted(worker, plan, kv, at);

    public void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at)
    {
        foreach (StepRow row in engines.StepEnded(worker, result, at).Rows)
        {
            if (calls.TryGetValue(row.Sequence.Request.Tag, out CallSpan? call))
            {
                Proceed(call, row.Sequence, at);
            }
        }
    }

    public void CallEnded(in CallRecord record)
    {
        engines.MoveTo(record.End);
        calls.Remove(record.Tag, out CallSpan? call);
        if (call!.Worker is { } worker)
        {
            engines.Leaves(worker, call.IsRunning, record.End);
        }
        End(call.Track, record.End);
        events.OpenEnd(call.Track, record.End);
        events.Arg("state", record.State.ToString().ToLowerInvariant());
        if (call.Worker is { } place)
        {
            events.Arg("worker", workers[place.Value]);
        }
        events.Arg("prompt_tokens", record.PromptTokens);
        events.Arg("output_tokens", record.OutputTokens);
        events.Arg("hit_tokens", record.HitTokens);
        events.Arg("preemptions", record.Preemptions);
        events.Close();
        workflows.Return(record.Tag, call.Track);
    }

    public void ToolStarted(int tag, Instant at)
    {
        engines.MoveTo(at);
        ref readonly Node node = ref player.NodeOf(tag);
        string name = player.Trace.Stages[node.Stage.Value];
        Track track = workflows.Take(tag);
        events.OpenBegin(track, at, "tool", name);
        events.Arg("node", NodeOf(tag));
        events.Close();
        tools.Add(tag, (track, toolTracks.Begin(node.Stage, name, player.WorkflowOf(node.Workflow).Id, NodeOf(tag), at)));
    }

    public void ToolEnded(int tag, Instant at)
    {
        engines.MoveTo(at);
        tools.Remove(tag, out (Track OfWorkflow, Track OfTool) tool);
        End(tool.OfWorkflow, at);
        workflows.Return(tag, tool.OfWorkflow);
        toolTracks.End(player.NodeOf(tag).Stage, tool.OfTool, at);
    }

    /// <summary>The run is over: what is still open ends.</summary>
    public void Close(Instant end)
    {
        foreach (int tag in tools.Keys.Order().ToArray())
        {
            ToolEnded(tag, end);
        }
        engines.Close(end);
        workflows.Close(end);
    }

    public void Dispose() => events.Dispose();

    private void Proceed(CallSpan call, Sequence sequence, Instant at)
    {
        bool isBack = call.Phase == CallPhase.Preempted && !sequence.IsSetBack;
        bool isFirst = call.Phase == CallPhase.Prefill && sequence.FirstToken != Instant.Never;
        if (isBack || isFirst)
        {
            ChangePhase(call, sequence.FirstToken == Instant.Never ? CallPhase.Prefill : CallPhase.Decode, at);
        }
    }

    private int NodeOf(int tag) => tag - player.WorkflowOf(player.NodeOf(tag).Workflow).FirstNode;

    private void ChangePhase(CallSpan call, CallPhase phase, Instant at)
    {
        End(call.Track, at);
        BeginPhase(call, phase, at);
    }

    private void BeginPhase(CallSpan call, CallPhase phase, Instant at)
    {
        call.Phase = phase;
        events.OpenBegin(call.Track, at, "phase", phase.ToString().ToLowerInvariant());
        events.Close();
    }

    private void End(Track track, Instant at)
    {
        events.OpenEnd(track, at);
        events.Close();
    }
}
