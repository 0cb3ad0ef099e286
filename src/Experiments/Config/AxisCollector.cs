namespace Cortex.Experiments.Config;

/// <summary>
/// Divides what the user wrote into a tree with one value a key and the axes over it. A key may get its values from a list in the file, from
/// <c>sweep</c>, or from <c>--set</c>; the later of these wins.
/// </summary>
internal sealed class AxisCollector
{
    private static readonly string[] Sections = ["workload", "costs", "slo", "statistics"];
    private static readonly string[] Fixed = ["name", "baseline", "seed", "repeat", "sweep", "where", "assert", "capacity"];

    private readonly List<Axis> axes = [];

    public AxisCollector(ConfigMap root, IReadOnlyList<SetExpression> overrides)
    {
        Tree = root.Without("sweep");
        foreach (string section in Sections)
        {
            switch (root.Find(section))
            {
                case null or ConfigScalar { IsEmpty: true }:
                case ConfigScalar when section == "slo":
                    break;
                case ConfigMap map:
                    FromLists(map, section);
                    break;
                case { } other:
                    throw new InputException(other.Mark, $"{section}: allowed: a mapping of keys to values");
            }
        }
        FromSweep(root.Find("sweep"));
        foreach (SetExpression expression in overrides)
        {
            Apply(expression);
        }
    }

    /// <summary>The tree without <c>sweep</c>. Keys that are axes may still hold a list there.</summary>
    public ConfigMap Tree { get; private set; }

    /// <summary>In order of first appearance.</summary>
    public IReadOnlyList<Axis> Axes => axes;

    private void FromLists(ConfigMap map, string path)
    {
        foreach (ConfigEntry entry in map.Entries)
        {
            if (entry.Value is ConfigList list)
            {
                Put(new Axis(entry.Mark, $"{path}.{entry.Key}", Values(list, $"{path}.{entry.Key}")));
            }
        }
    }

    private void FromSweep(ConfigNode? sweep)
    {
        switch (sweep)
        {
            case null or ConfigScalar { IsEmpty: true }:
                return;
            case ConfigMap map:
                foreach (ConfigEntry entry in map.Entries)
                {
                    RefuseFixed(entry.Mark, entry.Key);
                    Put(new Axis(entry.Mark, entry.Key, Values(entry.Value, entry.Key)));
                }
                return;
            default:
                throw new InputException(sweep.Mark, "sweep: allowed: a mapping of dotted keys to lists, such as workload.load: [1, 2]");
        }
    }

    private void Apply(SetExpression expression)
    {
        if (expression.Values.Count > 1)
        {
            RefuseFixed(expression.Mark, expression.Key);
            Put(new Axis(expression.Mark, expression.Key, expression.Values));
            return;
        }
        if (expression.Key.Split('.')[0] == "sweep")
        {
            throw new InputException(expression.Mark, "sweep is not a value; allowed: the key itself with several values, such as workload.load=1,2");
        }
        axes.RemoveAll(axis => axis.Key == expression.Key);
        Tree = ConfigPath.Set(Tree, expression.Key, expression.Mark, expression.Values[0]);
    }

    private void Put(Axis axis)
    {
        int at = axes.FindIndex(existing => existing.Key == axis.Key);
        if (at < 0)
        {
            axes.Add(axis);
        }
        else
        {
            axes[at] = axis;
        }
    }

    private static List<ConfigScalar> Values(ConfigNode node, string key)
    {
        IReadOnlyList<ConfigNode> items = node is ConfigList list ? list.Items : [node];
        var values = new List<ConfigScalar>();
        foreach (ConfigNode item in items)
        {
            if (item is not ConfigScalar { IsEmpty: false } scalar)
            {
                throw new InputException(item.Mark, $"{key}: allowed: a list of single values");
            }
            values.AddRange(SetExpression.Expand(scalar));
        }
        return values.Count > 0 ? values : throw new InputException(node.Mark, $"{key}: the list is empty; allowed: at least one value");
    }

    private static void RefuseFixed(SourceMark mark, string key)
    {
        if (Fixed.Contains(key))
        {
            throw new InputException(mark, $"'{key}' cannot be swept; allowed: one value");
        }
    }
}
