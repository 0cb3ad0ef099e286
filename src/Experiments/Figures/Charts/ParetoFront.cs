namespace Cortex.Experiments.Figures.Charts;

/// <summary>What cannot be had better: more of X is better, less of Y.</summary>
public static class ParetoFront
{
    /// <summary>The points that no other has at least as much X with at most as much Y, in order of X, without their intervals.</summary>
    public static FigurePoint[] Of(IEnumerable<FigurePoint> points)
    {
        var front = new List<FigurePoint>();
        double best = double.PositiveInfinity;
        foreach (FigurePoint point in points.OrderByDescending(point => point.X).ThenBy(point => point.Y))
        {
            if (point.Y < best)
            {
                best = point.Y;
                front.Add(new(point.X, point.Y));
            }
        }
        front.Reverse();
        return [.. front];
    }
}
