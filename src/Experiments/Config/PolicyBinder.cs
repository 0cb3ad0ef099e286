using Cortex.Policies;
using Cortex.Policies.Registry;

namespace Cortex.Experiments.Config;

/// <summary>Reads the section <c>policies</c>.</summary>
internal sealed class PolicyBinder(PolicyRegistry registry)
{
    /// <returns>One set of defaults named <c>baseline</c> if the section is absent.</returns>
    /// <exception cref="InputException">An unknown axis, policy or option.</exception>
    public IReadOnlyList<NamedPolicySet> Bind(ConfigMap sets)
    {
        if (sets.Entries.Count == 0)
        {
            return [Set(new ConfigEntry(sets.Mark, "baseline", new ConfigMap(sets.Mark, [])))];
        }
        return [.. sets.Entries.Select(Set)];
    }

    private NamedPolicySet Set(ConfigEntry entry)
    {
        var reader = new MapReader(new ConfigMap(entry.Mark, [entry]), "policies").Below(entry.Key);
        var requests = new SortedDictionary<string, PolicyRequest>(StringComparer.Ordinal);
        foreach (PolicyAxis axis in PolicyAxis.All)
        {
            if (Request(reader, axis) is { } request)
            {
                requests.Add(axis.Name, request);
            }
        }
        reader.Finish();
        return new NamedPolicySet(entry.Key, requests, registry.Build(requests).Resolved);
    }

    /// <summary>Null: not named.</summary>
    private PolicyRequest? Request(MapReader reader, PolicyAxis axis)
    {
        switch (reader.Node(axis.Name))
        {
            case null or ConfigScalar { IsEmpty: true }:
                return null;
            case ConfigScalar word:
                return Check(axis, new PolicyRequest(word.Text, new Dictionary<string, string>()), word.Mark, reader.Full(axis.Name));
            case ConfigMap map:
                var below = new MapReader(map, reader.Full(axis.Name));
                ConfigScalar name = below.Scalar("name") ?? throw new InputException(map.Mark, $"{below.Full("name")} is missing; allowed: the name of a policy");
                return Check(axis, new PolicyRequest(name.Text, below.Others()), map.Mark, reader.Full(axis.Name));
            case { } other:
                throw new InputException(other.Mark, $"{reader.Full(axis.Name)}: allowed: the name of a policy, or {{name: policy, option: value}}");
        }
    }

    private PolicyRequest Check(PolicyAxis axis, PolicyRequest request, SourceMark mark, string path)
    {
        try
        {
            registry.Find(axis, request.Name).Create(request.Options);
            return request;
        }
        catch (PolicyException fault)
        {
            throw new InputException(mark, $"{path}: {fault.Message}");
        }
    }
}
