using Cortex.Policies.Random;

namespace Cortex.Policies.Tests;

/// <summary>Puts one question to a policy.</summary>
internal static class Ask
{
    public static int Route(IRoutingPolicy policy, ICandidateSource workers, RandomStream random, int slot = 0, long arrival = 0)
    {
        CallView call = Call(arrival, slot: slot);
        var candidates = new Candidates(workers);
        var context = new PolicyContext { Now = Instant.Zero, Random = random };
        return policy.Route(call, candidates, context);
    }

    public static long Key(ISchedulingPolicy policy, in CallView call, RandomStream random) =>
        policy.Key(call, new PolicyContext { Now = call.Ready, Random = random });

    public static CallView Call(long arrival, int priority = 0, int prompt = 100, int slot = 0) => new()
    {
        Id = new CallId(slot, slot + 1),
        Workflow = new WorkflowId(slot, slot + 2),
        Stage = default,
        Model = default,
        ArrivalNumber = arrival,
        Priority = priority,
        Ready = new Instant(arrival),
        PromptTokens = prompt,
        MaxTokens = 64,
    };

    public static PoolAssignment Assign(IPoolingPolicy policy, string[] stages, int workers) =>
        policy.Assign(new ClusterView { Stages = stages, Workers = [.. Enumerable.Repeat("engine", workers)] });
}
