using Cortex.Policies;

namespace Cortex.Serving.Fleet;

/// <summary>What a routing policy sees of the workers that may serve one call. Reused from call to call.</summary>
internal sealed class CandidateWorkers(IReadOnlyList<EngineCore> engines, Pools pools, IBackend backend) : ICandidateSource
{
    private readonly int[] someFit = new int[engines.Count];
    private int[] workers = [];
    private CallRequest request = null!;
    private Instant now;
    private int last;

    public int Count { get; private set; }

    /// <summary>Index among the candidates of the worker of the workflow's last call, or −1.</summary>
    public int LastOfWorkflow => Math.Max(-1, Array.BinarySearch(workers, 0, Count, last));

    /// <summary>Why there is no candidate.</summary>
    public RefusalReason Refusal
    {
        get
        {
            foreach (int worker in pools.Of(request.Stage).Workers)
            {
                if (engines[worker].Settings.MaxModelLen >= Least(request))
                {
                    return RefusalReason.KvMemory;
                }
            }
            return RefusalReason.ModelLength;
        }
    }

    /// <summary>The workers of the stage's pool on which the call can fit.</summary>
    public void Open(CallRequest request, WorkflowState workflow, Instant now)
    {
        (this.request, this.now, last) = (request, now, workflow.LastWorker);
        StageWorkers stage = pools.Of(request.Stage);
        long least = Least(request);
        if (least <= stage.FitsAll)
        {
            (workers, Count) = (stage.Workers, stage.Workers.Length);
            return;
        }
        (workers, Count) = (someFit, 0);
        foreach (int worker in stage.Workers)
        {
            if (engines[worker].MaxTokens >= least)
            {
                someFit[Count++] = worker;
            }
        }
    }

    /// <summary>Tokens that an engine must be able to hold for the call: as many as it declares, or one if it declares nothing.</summary>
    private static long Least(CallRequest request) => request.PromptTokens + (request.MaxTokens == int.MaxValue ? 1L : request.MaxTokens);

    public int MaxTokensOf(StageId stage) => pools.Of(stage).FitsOne;

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
