using Cortex.Policies;

namespace Cortex.Serving.Fleet;

/// <summary>What a routing policy sees of the workers that may serve one call. Reused from call to call.</summary>
internal sealed class CandidateWorkers(IReadOnlyList<EngineCore> engines, Pools pools, IBackend backend) : ICandidateSource
{
    private readonly List<int> workers = [];
    private CallRequest request = null!;
    private Instant now;
    private int last;

    public int Count => workers.Count;

    /// <summary>Index among the candidates of the worker of the workflow's last call, or −1.</summary>
    public int LastOfWorkflow => workers.IndexOf(last);

    /// <summary>The workers of the stage's pool on which the call can fit.</summary>
    public void Open(CallRequest request, WorkflowState workflow, Instant now)
    {
        (this.request, this.now, last) = (request, now, workflow.LastWorker);
        workers.Clear();
        long least = request.PromptTokens + (request.MaxTokens == int.MaxValue ? 1L : request.MaxTokens);
        foreach (int worker in pools.WorkersOf(request.Stage))
        {
            if (engines[worker].MaxTokens >= least)
            {
                workers.Add(worker);
            }
        }
    }

    public int MaxTokensOf(StageId stage)
    {
        int largest = 0;
        foreach (int worker in pools.WorkersOf(stage))
        {
            largest = Math.Max(largest, engines[worker].MaxTokens);
        }
        return largest;
    }

    public int WorkerAt(int index) => workers[index];

    public WorkerView Worker(int index)
    {
        int worker = workers[index];
        EngineCore engine = engines[worker];
        return new()
        {
            Id = new((ushort)worker),
            Pool = pools.PoolOf(worker),
            Model = engine.Settings.Model,
            AsOf = now,
            Running = engine.Running,
            Waiting = engine.Waiting,
            QueuedPrefillTokens = engine.QueuedPrefillTokens,
        };
    }

    public int CachedTokens(int index)
    {
        EngineCore engine = engines[workers[index]];
        if (engine.HasRun)
        {
            engine.AdvanceRun(backend.RunSoFar(new((ushort)workers[index])));
        }
        return engine.CachedTokens(request);
    }
}
