using Cortex.Policies;

namespace Cortex.Serving.Fleet;

/// <summary>Which workers may serve which stage: the pooling policy's answer, checked.</summary>
internal sealed class Pools
{
    private readonly StageWorkers[] ofStage;
    private readonly PoolId[] poolOfWorker;
    private readonly Lazy<IReadOnlyList<PoolInfo>> all;

    /// <exception cref="PolicyException">The policy cannot divide the cluster, or divides it so that a stage has no worker.</exception>
    public Pools(ServingSettings settings, IReadOnlyList<EngineCore> engines, IPoolingPolicy policy)
    {
        string[] stages = [.. settings.CallStages.Select(stage => settings.Stages[stage.Value])];
        string[] workers = [.. settings.Engines.Select(engine => engine.Name)];
        PoolAssignment answer = policy.Assign(new ClusterView { Stages = stages, Workers = workers });
        if (answer.PoolOfStage.Length != stages.Length || answer.PoolOfWorker.Length != workers.Length)
        {
            throw new PolicyException(
                $"pooling: the answer covers {answer.PoolOfStage.Length} stages and {answer.PoolOfWorker.Length} workers of {stages.Length} and {workers.Length}");
        }
        poolOfWorker = answer.PoolOfWorker;
        all = new(() => [.. poolOfWorker.Distinct().OrderBy(pool => pool.Value).Select(pool => new PoolInfo(
            pool,
            [.. Enumerable.Range(0, workers.Length).Where(worker => poolOfWorker[worker] == pool)],
            [.. stages.Where((_, stage) => answer.PoolOfStage[stage] == pool)]))]);
        ofStage = new StageWorkers[settings.Stages.Count];
        for (int i = 0; i < stages.Length; i++)
        {
            PoolId pool = answer.PoolOfStage[i];
            int[] members = [.. Enumerable.Range(0, workers.Length).Where(worker => poolOfWorker[worker] == pool)];
            ofStage[settings.CallStages[i].Value] = members.Length > 0
                ? new StageWorkers(members, engines)
                : throw new PolicyException($"pooling: stage '{stages[i]}' is in a pool without workers");
        }
    }

    /// <summary>Workers of the pool that serves the stage.</summary>
    public StageWorkers Of(StageId stage) => ofStage[stage.Value]
        ?? throw new InvalidOperationException($"stage {stage.Value} was not declared to call a model");

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<PoolInfo> All => all.Value;

    public PoolId PoolOf(int worker) => poolOfWorker[worker];
}
