using Cortex.Policies;
using Cortex.Policies.Registry;

namespace Cortex.Experiments.Config;

/// <summary>Reads an experiment: defaults, then the file, then <c>--set</c>, the later over the earlier.</summary>
public sealed class ExperimentLoader(PolicyRegistry registry)
{
    /// <summary>The load is always an axis, even with one value: figures and tables are drawn over it.</summary>
    public const string LoadAxis = "workload.load";

    private const int MostPoints = 100_000;

    /// <param name="file">Null: no file.</param>
    /// <param name="set">Overrides, as <see cref="SetExpression.Parse"/> reads them.</param>
    /// <exception cref="InputException">A fault in the file or in an override.</exception>
    public Experiment Load(string? file, IReadOnlyList<string> set) => Load(file, new Overrides { Set = set });

    /// <inheritdoc cref="Load(string?, IReadOnlyList{string})"/>
    public Experiment Load(string? file, Overrides overrides)
    {
        ConfigMap root = file is null ? Empty() : YamlSource.ReadFile(file);
        Experiment experiment = Load(root, overrides, file is null ? "cortex" : Path.GetFileNameWithoutExtension(file));
        return overrides.Repeat switch
        {
            null => experiment,
            (>= 1 and <= SettingsBinder.MostRepetitions) and int repeat => experiment with { Repeat = repeat },
            int repeat => throw new InputException($"--repeat {repeat}: allowed: a whole number from 1 to {SettingsBinder.MostRepetitions}"),
        };
    }

    /// <summary>The experiment at one point: <c>sweep</c>, <c>where</c> and <c>repeat</c> are not used, and a second value for any key is a fault.</summary>
    /// <exception cref="InputException">As for <see cref="Load(string?, Overrides)"/>.</exception>
    /// <param name="without">Sections of the file that are not used either.</param>
    public Experiment LoadPoint(string? file, Overrides overrides, params string[] without)
    {
        ConfigMap root = file is null ? Empty() : without.Aggregate(YamlSource.ReadFile(file).Without("sweep").Without("where"), (map, section) => map.Without(section));
        Experiment experiment = Load(root, overrides, file is null ? "cortex" : Path.GetFileNameWithoutExtension(file));
        for (int axis = 0; axis < experiment.Axes.Count; axis++)
        {
            string[] values = [.. experiment.Points.Select(point => point.Values[axis]).Distinct()];
            if (values.Length > 1)
            {
                string key = experiment.Axes[axis];
                throw new InputException($"{key} has {values.Length} values; a run takes one: --set {key}={values[0]}");
            }
        }
        return experiment with { Repeat = 1 };
    }

    private Experiment Load(ConfigMap root, Overrides commandLine, string name)
    {
        IReadOnlyList<SetExpression> overrides = SetExpression.ParseAll(commandLine.Set);
        foreach (SetExpression selection in overrides.Where(expression => expression.Key == "policies"))
        {
            root = Select(root, selection);
        }
        var written = new AxisCollector(root, [.. overrides.Where(expression => expression.Key != "policies")]);
        List<Axis> axes = [.. written.Axes];
        if (!axes.Exists(axis => axis.Key == LoadAxis))
        {
            axes.Insert(0, WrittenLoad(written.Tree));
        }
        long points = axes.Aggregate(1L, (product, axis) => Math.Min(MostPoints + 1, product * axis.Values.Count));
        if (points > MostPoints)
        {
            throw new InputException(axes[^1].Mark, $"the axes have more than {MostPoints} points; allowed: at most {MostPoints}");
        }
        var constraints = new AxisConstraints(ConditionReader.Read(written.Tree, "where", commandLine.Where), axes);
        var binder = new SettingsBinder(registry);
        var bound = new List<ExperimentPoint>();
        FixedSettings? settled = null;
        for (int index = 0; index < points; index++)
        {
            ConfigScalar[] values = ValuesAt(axes, index);
            if (!constraints.Hold(values))
            {
                continue;
            }
            ConfigMap tree = written.Tree;
            for (int axis = 0; axis < axes.Count; axis++)
            {
                tree = ConfigPath.Set(tree, axes[axis].Key, axes[axis].Mark, values[axis]);
            }
            (PointSettings point, settled) = binder.Bind(tree);
            bound.Add(new ExperimentPoint([.. values.Select(value => value.Text)], point));
        }
        if (settled is null)
        {
            throw new InputException($"where: no point of the axes meets all conditions; allowed: conditions that leave at least one of {points}");
        }
        return new Experiment(
            Name(settled.Name, name), [.. axes.Select(axis => axis.Key)], bound, Baseline(settled.Baseline, bound[0]), settled.Seed, settled.Repeat)
        {
            Capacity = settled.Capacity,
            Assertions = ConditionReader.Read(written.Tree, "assert", commandLine.Assert),
        };
    }

    /// <summary><c>--set policies=a,b</c> keeps these sets, in this order.</summary>
    private static ConfigMap Select(ConfigMap root, SetExpression selection)
    {
        IReadOnlyList<ConfigEntry> sets = (root.Find("policies") as ConfigMap)?.Entries ?? [];
        var kept = new List<ConfigEntry>();
        foreach (ConfigScalar name in selection.Values)
        {
            kept.Add(sets.FirstOrDefault(entry => entry.Key == name.Text) ?? throw new InputException(
                selection.Mark, NearestName.Unknown("policy set", name.Text, [.. sets.Select(entry => entry.Key)])));
        }
        return root.With(new ConfigEntry(selection.Mark, "policies", new ConfigMap(selection.Mark, kept)));
    }

    private static ConfigScalar[] ValuesAt(List<Axis> axes, int index)
    {
        var values = new ConfigScalar[axes.Count];
        for (int axis = axes.Count - 1; axis >= 0; axis--)
        {
            IReadOnlyList<ConfigScalar> choices = axes[axis].Values;
            values[axis] = choices[index % choices.Count];
            index /= choices.Count;
        }
        return values;
    }

    private static Axis WrittenLoad(ConfigMap tree)
    {
        ConfigNode? load = (tree.Find("workload") as ConfigMap)?.Find("load");
        ConfigScalar value = load is ConfigScalar { IsEmpty: false } scalar ? scalar : new ConfigScalar(load?.Mark ?? tree.Mark, "1");
        return new Axis(value.Mark, LoadAxis, [value]);
    }

    private static string Baseline(ConfigScalar? written, ExperimentPoint point)
    {
        string[] names = [.. point.Settings.Policies.Select(set => set.Name)];
        if (written is null)
        {
            return names[0];
        }
        return names.Contains(written.Text)
            ? written.Text
            : throw new InputException(written.Mark, "baseline: " + NearestName.Unknown("policy set", written.Text, names));
    }

    private static string Name(ConfigScalar? written, string otherwise)
    {
        if (written is null)
        {
            return otherwise;
        }
        return written.Text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && written.Text[0] != '.'
            ? written.Text
            : throw new InputException(written.Mark, $"name: '{written.Text}' cannot be used; allowed: letters, digits, - _ and .");
    }

    private static ConfigMap Empty() => new(SourceMark.Default with { Origin = "--set", Folder = Directory.GetCurrentDirectory() }, []);
}
