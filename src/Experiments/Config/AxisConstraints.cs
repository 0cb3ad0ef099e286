using Cortex.Experiments.Config.Expressions;
using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>Conditions over the axes that a point must meet to be part of the experiment: key <c>where</c> and option <c>--where</c>.</summary>
internal sealed class AxisConstraints
{
    private readonly IReadOnlyList<Condition> conditions;
    private readonly string[] axes;

    /// <exception cref="InputException">A name that is neither an axis nor a value of one.</exception>
    public AxisConstraints(IReadOnlyList<Condition> conditions, IReadOnlyList<Axis> axes)
    {
        this.conditions = conditions;
        this.axes = [.. axes.Select(axis => axis.Key)];
        string[] words = [.. axes.SelectMany(axis => axis.Values).Select(value => value.Text).Where(text => ExpressionValue.Of(text).Number is null).Distinct()];
        foreach (Condition condition in conditions)
        {
            if (condition.Names.FirstOrDefault(name => AxisNames.Find(this.axes, name) is null && !words.Contains(name)) is { } unknown)
            {
                throw new InputException(condition.Mark, $"where: {NearestName.Unknown("axis", unknown, [.. this.axes.Select(AxisNames.Short), .. words])}");
            }
        }
    }

    /// <summary>Whether a point meets them all.</summary>
    /// <param name="values">The axes' values as written, in their order.</param>
    public bool Hold(IReadOnlyList<ConfigScalar> values) => conditions.All(condition => condition.Holds(name =>
        AxisNames.Find(axes, name) is { } at ? ExpressionValue.Of(values[at].Text) : new ExpressionValue(null, name)));
}
