using System.Runtime.ExceptionServices;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Runtime.Clients;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Tools;
using Cortex.Serving;
using Cortex.Serving.Decisions;
using Cortex.Workloads;

namespace Cortex.Runtime;

/// <summary>
/// Plays a workload against the serving core in real time, with a thread for each engine. The core and the clients live on the thread that
/// calls <see cref="Run"/>: it takes all that has been posted and is due as one batch of facts, all stamped with one time later than the
/// batch before, and closes it; what ends comes first, then what arrives, as in the simulator.
/// </summary>
public sealed class LiveBackend : IBackend
{
    private readonly LiveClock clock;
    private readonly Mailbox mailbox;
    private readonly LiveClients clients;
    private readonly ToolThreads? tools;
    private readonly IReadOnlyList<LiveEngine> engines;
    private readonly SteadyEnds[] steady;
    private readonly EngineThread[] threads;
    private readonly StepResult result = new();
    private readonly List<int> last = [];
    private readonly RunAudit audit = new();
    private Instant now;

    /// <param name="settings">The cluster; steps are not repeated.</param>
    /// <param name="policies">Fresh instances.</param>
    /// <param name="player">A fresh player of the workload.</param>
    /// <param name="engines">One entry an engine of the cluster, each for itself alone.</param>
    /// <param name="observer">Is told what metrics are made of.</param>
    /// <param name="options">How the run goes.</param>
    /// <param name="tap">Hears every fact and every decision, if there is one.</param>
    /// <exception cref="ArgumentException">Steps would be repeated, or the speed is not more than 0.</exception>
    /// <exception cref="PolicyException">The pooling policy cannot divide the cluster.</exception>
    public LiveBackend(
        ServingSettings settings, PolicySet policies, TracePlayer player, IReadOnlyList<LiveEngine> engines, IServingObserver observer,
        LiveOptions? options = null, ICoreTap? tap = null)
    {
        options ??= new();
        if (settings.RepeatSteps || !(options.Speed > 0 && double.IsFinite(options.Speed)))
        {
            throw new ArgumentException("live engines take their steps one by one, at a speed of more than 0");
        }
        clock = new(options.Speed);
        mailbox = new(clock);
        tools = options.Tools is { } box ? new(box, mailbox) : null;
        clients = new(player, options.GiveUps, tools);
        this.engines = engines;
        steady = [.. settings.Engines.Select(_ => new SteadyEnds(clients.Lengths))];
        threads = new EngineThread[steady.Length];
        Core = new(settings, policies, this, new ObserverList(audit, observer), tap);
    }

    /// <summary>The core that is played against.</summary>
    public ServingCore Core { get; }

    /// <summary>The tools that were really run.</summary>
    public ToolTally Tools => clients.Tally;

    /// <summary>Runs until nothing is left to happen, or to the player's <see cref="TracePlayer.Deadline"/>. Once only.</summary>
    /// <returns>The time of the last batch.</returns>
    /// <exception cref="AuditException">A law that every run obeys is broken: a fault of the program.</exception>
    /// <exception cref="OperationCanceledException">The run was given up: the core was closed, so that its journal is whole.</exception>
    /// <exception cref="Exception">Whatever an engine's thread failed with.</exception>
    public Instant Run(CancellationToken cancellation = default)
    {
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(_ => mailbox.Wake(), null);
        try
        {
            for (int worker = 0; worker < threads.Length; worker++)
            {
                threads[worker] = new(worker, engines[worker], clock, mailbox);
            }
            while (!cancellation.IsCancellationRequested && now < clients.Deadline && !(clients.AreDone && threads.All(thread => thread.InFlight == 0)))
            {
                Take(mailbox.Take(clients.NextDue < clients.Deadline ? clients.NextDue : clients.Deadline));
            }
        }
        finally
        {
            foreach (EngineThread? thread in threads)
            {
                thread?.Dispose();
            }
            tools?.Dispose();
        }
        audit.Close(Core, now);
        cancellation.ThrowIfCancellationRequested();
        return now;
    }

    void IBackend.StartStep(WorkerId worker, StepPlan plan) => threads[worker.Value].Start(plan, now);

    void IBackend.StartTool(int tag) => clients.StartTool(tag, now);

    void IBackend.Respond(in CallRecord record)
    {
        steady[record.Worker.Value].Leave(record.Tag);
        threads[record.Worker.Value].Leave(record.Tag);
        clients.Respond(record, now);
    }

    /// <summary>One batch.</summary>
    private void Take(IReadOnlyList<Post> posts)
    {
        Instant time = clock.Now;
        now = time > now ? time : now + new Duration(1);
        while (Core.NextLook <= now)
        {
            Core.Look();
        }
        bool any = false;
        foreach (Post post in posts)
        {
            if (post.Fault is { } fault)
            {
                ExceptionDispatchInfo.Throw(fault);
            }
            if (post.Tool is { } tool)
            {
                Core.Handle(clients.ToolEnded(post.Source, tool, now));
            }
            else
            {
                FinishStep(post);
            }
            any = true;
        }
        while (clients.TryNext(now, Core.MaxTokensOf, out Fact fact))
        {
            Core.Handle(fact);
            any = true;
        }
        if (any)
        {
            Core.Settle(now);
            clients.RunTools();
        }
    }

    private void FinishStep(in Post post)
    {
        StepWork work = threads[post.Source].Finish();
        StepPlan plan = work.Plan;
        result.Step = plan.Number;
        result.Executed = work.Executed;
        result.DeviceTime = post.DeviceTime;
        result.Stopped.Clear();
        SteadyEnds ends = steady[post.Source];
        ends.StepsBeforeEnd(plan, limit: 0);
        ends.Finish(plan, count: 1, last);
        foreach (int tag in last)
        {
            if (clients.Stops(tag, now))
            {
                result.Stopped.Add(tag);
            }
        }
        Core.Handle(new() { Kind = FactKind.StepFinished, At = now, Worker = new((ushort)post.Source), Result = result });
    }
}
