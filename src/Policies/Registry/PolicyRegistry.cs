using System.Reflection;

namespace Cortex.Policies.Registry;

/// <summary>All policies that experiment files may name, by axis and name. A class with <see cref="PolicyAttribute"/> is one; nothing else lists them.</summary>
public sealed class PolicyRegistry
{
    /// <summary>The policies of this assembly.</summary>
    public PolicyRegistry()
        : this([typeof(PolicyRegistry).Assembly])
    {
    }

    /// <summary>The policies of some assemblies.</summary>
    /// <exception cref="InvalidOperationException">A class with the attribute that is not a policy, or a name given twice on an axis.</exception>
    public PolicyRegistry(IEnumerable<Assembly> assemblies)
    {
        PolicyDescription[] found = [.. assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsPolicy).Select(Describe)];
        Policies = [.. found.OrderBy(policy => PolicyAxis.All.IndexOf(policy.Axis)).ThenBy(policy => policy.Name, StringComparer.Ordinal)];
        for (int i = 1; i < Policies.Count; i++)
        {
            if (Policies[i].Axis == Policies[i - 1].Axis && Policies[i].Name == Policies[i - 1].Name)
            {
                throw new InvalidOperationException($"Two policies on the axis {Policies[i].Axis.Name} are named '{Policies[i].Name}'.");
            }
        }
    }

    /// <summary>By axis, in the order of <see cref="PolicyAxis.All"/>, then by name.</summary>
    public IReadOnlyList<PolicyDescription> Policies { get; }

    /// <exception cref="PolicyException">No such policy on the axis.</exception>
    public PolicyDescription Find(PolicyAxis axis, string name)
    {
        PolicyDescription[] known = [.. Policies.Where(policy => policy.Axis == axis)];
        return known.FirstOrDefault(policy => policy.Name == name)
            ?? throw new PolicyException(NearestName.Unknown($"{axis.Name} policy", name, [.. known.Select(policy => policy.Name)]));
    }

    /// <summary>Makes a set of fresh policies.</summary>
    /// <param name="requests">By name of the axis; an axis that is left out gets its default.</param>
    /// <exception cref="PolicyException">An unknown axis, policy or option, or a value that the option does not allow.</exception>
    public PolicySet Build(IReadOnlyDictionary<string, PolicyRequest> requests)
    {
        foreach (string axis in requests.Keys.Order(StringComparer.Ordinal))
        {
            if (PolicyAxis.All.All(known => known.Name != axis))
            {
                throw new PolicyException(NearestName.Unknown("policy axis", axis, [.. PolicyAxis.All.Select(known => known.Name)]));
            }
        }
        var resolved = new List<ResolvedPolicy>();
        return new PolicySet(
            Make<IPoolingPolicy>(PolicyAxis.Pooling, requests, resolved),
            Make<IRoutingPolicy>(PolicyAxis.Routing, requests, resolved),
            Make<ISchedulingPolicy>(PolicyAxis.Scheduling, requests, resolved),
            resolved);
    }

    private T Make<T>(PolicyAxis axis, IReadOnlyDictionary<string, PolicyRequest> requests, List<ResolvedPolicy> resolved)
    {
        PolicyRequest request = requests.GetValueOrDefault(axis.Name) ?? new PolicyRequest(axis.Default, new Dictionary<string, string>());
        (object policy, ResolvedPolicy choice) = Find(axis, request.Name).Create(request.Options);
        resolved.Add(choice);
        return (T)policy;
    }

    // Most types are none, and attributes are slow to look for.
    private static bool IsPolicy(Type type) => type.IsClass && type.IsDefined(typeof(PolicyAttribute), inherit: false);

    private static PolicyDescription Describe(Type type)
    {
        PolicyAxis axis = PolicyAxis.All.SingleOrDefault(axis => type.IsSealed && axis.Contract.IsAssignableFrom(type))
            ?? throw new InvalidOperationException($"{type} is not a sealed class that answers for exactly one axis.");
        return new PolicyDescription(axis, type, type.GetCustomAttribute<PolicyAttribute>(inherit: false)!);
    }
}
