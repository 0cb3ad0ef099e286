using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>Where a tool's time is drawn from.</summary>
/// <param name="Name">Name of a tool of the header whose distribution it is; null if it is given in full.</param>
/// <param name="Shape">What shape it has; not read if <paramref name="Name"/> is given.</param>
/// <param name="First">Exponential: mean; log-normal: median; uniform: least; in nanoseconds.</param>
/// <param name="Second">Log-normal: standard deviation of the logarithm; uniform: most, in nanoseconds.</param>
public sealed record AgentflowDistribution(string? Name, TimeShape Shape = default, double First = 0, double Second = 0)
{
    /// <summary>Draws a time in nanoseconds, at least 0.</summary>
    public long Draw(RandomStream random)
    {
        double value = Shape switch
        {
            TimeShape.Exponential => Workloads.Draw.Exponential(random, First),
            TimeShape.LogNormal => First * PortableMath.Exp(Second * Workloads.Draw.Normal(random)),
            _ => First + (Second - First) * random.NextDouble(),
        };
        // A year at most, so that sums stay far from overflow.
        return (long)Math.Round(Math.Clamp(value, 0, 365.0 * 24 * 3600 * 1e9), MidpointRounding.ToEven);
    }
}

/// <summary>Shapes of distributions of times.</summary>
public enum TimeShape : byte
{
    /// <summary>Exponential, by its mean.</summary>
    Exponential,

    /// <summary>Log-normal, by its median and the standard deviation of the logarithm.</summary>
    LogNormal,

    /// <summary>Uniform between two bounds.</summary>
    Uniform,
}
