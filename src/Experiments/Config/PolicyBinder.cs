namespace Cortex.Experiments.Config;

/// <summary>Reads the section <c>policies</c>.</summary>
internal static class PolicyBinder
{
    /// <exception cref="InputException">An unknown axis, policy or option.</exception>
    public static IReadOnlyList<PolicySet> Bind(ConfigMap sets, PolicyCatalog catalog)
    {
        if (sets.Entries.Count == 0)
        {
            return [Set(new ConfigEntry(sets.Mark, "baseline", new ConfigMap(sets.Mark, [])), catalog)];
        }
        return [.. sets.Entries.Select(entry => Set(entry, catalog))];
    }

    private static PolicySet Set(ConfigEntry entry, PolicyCatalog catalog)
    {
        var reader = new MapReader(new ConfigMap(entry.Mark, [entry]), "policies").Below(entry.Key);
        var choices = new List<PolicyChoice>();
        foreach (PolicyAxis axis in catalog.Axes)
        {
            choices.Add(Choice(reader, axis));
        }
        reader.Finish();
        return new PolicySet(entry.Key, choices);
    }

    private static PolicyChoice Choice(MapReader reader, PolicyAxis axis)
    {
        string[] names = [.. axis.Policies.Select(policy => policy.Name)];
        if (reader.Node(axis.Name) is not ConfigMap map)
        {
            return new PolicyChoice(axis.Name, reader.Choice(axis.Name, names, axis.Default), [], reader.Mark);
        }
        var below = new MapReader(map, reader.Full(axis.Name));
        if (below.Scalar("name") is null)
        {
            throw new InputException(map.Mark, $"{below.Full("name")} is missing; allowed: {string.Join(", ", names)}");
        }
        string name = below.Choice("name", names, axis.Default);
        var options = new List<PolicyOption>();
        foreach (string key in axis.Policies.Single(policy => policy.Name == name).Options)
        {
            if (below.Scalar(key) is { } value)
            {
                options.Add(new PolicyOption(key, value));
            }
        }
        below.Finish();
        options.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new PolicyChoice(axis.Name, name, options, map.Mark);
    }
}
