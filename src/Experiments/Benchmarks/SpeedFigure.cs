using System.Globalization;

namespace Cortex.Experiments.Benchmarks;

/// <summary>One number that the product's speed is judged by, and what it should be.</summary>
/// <param name="Name">As <c>--figure</c> and <c>--json</c> have it.</param>
/// <param name="AtLeast">True: the target is to be reached; false: not to be exceeded.</param>
internal sealed record SpeedFigure(string Name, bool AtLeast, double Target)
{
    /// <summary>Printed behind the value; empty for ratios.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The measurements that it is made of.</summary>
    public required IMeasurement[] Of { get; init; }

    /// <summary>The value, from the numbers of one round of <see cref="Of"/>, in that order.</summary>
    public required Func<SortedDictionary<string, double>[], double> Value { get; init; }

    /// <summary>The same for runs after the first in a process; null where that makes no difference.</summary>
    public Func<SortedDictionary<string, double>[], double>? Warm { get; init; }

    public bool IsMet(double value) => AtLeast ? value >= Target : value <= Target;

    public string Text(double value)
    {
        string number = value.ToString(Target >= 1000 ? "#,0" : Target >= 50 ? "0" : "0.00", CultureInfo.InvariantCulture);
        return Unit.Length == 0 ? number : $"{number} {Unit}";
    }
}
