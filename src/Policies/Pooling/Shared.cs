using Cortex.Policies.Registry;

namespace Cortex.Policies.Pooling;

/// <summary>
/// One pool: every worker serves every stage.
/// <para>Source: co-location, the base line of the Cortex paper (arXiv 2510.14126).</para>
/// <para>Serves: utilisation; no worker idles while another stage queues.</para>
/// <para>Loses: KV footprint and hit rate, since each worker keeps the contexts of all stages.</para>
/// </summary>
[Policy("shared", "Every worker serves every stage.", "co-location, the base line of Cortex (arXiv 2510.14126)")]
public sealed class Shared : IPoolingPolicy
{
    public PoolAssignment Assign(scoped in ClusterView cluster) => new(new PoolId[cluster.Stages.Length], new PoolId[cluster.Workers.Length]);
}
