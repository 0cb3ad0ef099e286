namespace Cortex.Experiments.Config;

/// <summary>A piece of an experiment file that remembers where it was written.</summary>
public abstract record ConfigNode(SourceMark Mark);

/// <param name="Quoted">Written in quotes, hence never empty by accident.</param>
public sealed record ConfigScalar(SourceMark Mark, string Text, bool Quoted = false) : ConfigNode(Mark)
{
    /// <summary>Nothing written, or YAML's null.</summary>
    public bool IsEmpty => !Quoted && Text is "" or "~" or "null";
}

public sealed record ConfigList(SourceMark Mark, IReadOnlyList<ConfigNode> Items) : ConfigNode(Mark);

/// <param name="Mark">Where the key was written.</param>
public sealed record ConfigEntry(SourceMark Mark, string Key, ConfigNode Value);

/// <summary>Keys and values in the order in which they were written.</summary>
public sealed record ConfigMap(SourceMark Mark, IReadOnlyList<ConfigEntry> Entries) : ConfigNode(Mark)
{
    public ConfigNode? Find(string key)
    {
        foreach (ConfigEntry entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry.Value;
            }
        }
        return null;
    }

    /// <summary>The same map with one value exchanged, or added at the end.</summary>
    public ConfigMap With(ConfigEntry entry)
    {
        var entries = new List<ConfigEntry>(Entries);
        int at = entries.FindIndex(existing => existing.Key == entry.Key);
        if (at < 0)
        {
            entries.Add(entry);
        }
        else
        {
            entries[at] = entry;
        }
        return this with { Entries = entries };
    }

    public ConfigMap Without(string key) => this with { Entries = [.. Entries.Where(entry => entry.Key != key)] };
}
