namespace Cortex.Experiments.Config;

/// <summary>What conditions call an axis: its dotted key, or the last parts of it that no other axis ends in.</summary>
internal static class AxisNames
{
    /// <summary>The axis' place; null if none or more than one is meant.</summary>
    public static int? Find(IReadOnlyList<string> axes, string name)
    {
        int found = -1;
        for (int axis = 0; axis < axes.Count; axis++)
        {
            if (axes[axis] == name)
            {
                return axis;
            }
            if (axes[axis].EndsWith("." + name, StringComparison.Ordinal))
            {
                found = found == -1 ? axis : int.MaxValue;
            }
        }
        return found is >= 0 and < int.MaxValue ? found : null;
    }

    /// <summary>The last part.</summary>
    public static string Short(string axis) => axis[(axis.LastIndexOf('.') + 1)..];
}
