using System.Globalization;

namespace Cortex.Experiments.Capacity;

/// <summary>
/// Finds the largest load at which something holds, taking for granted that it holds below and not above: doubles (or halves) from a first guess until
/// the truth lies between two loads, then halves the interval. Loads have three significant digits, so that searches meet at the same ones.
/// </summary>
/// <param name="start">First guess, above 0.</param>
/// <param name="whole">Loads are whole numbers, from 1.</param>
/// <param name="tolerance">See <see cref="Config.CapacitySettings.Tolerance"/>.</param>
public sealed class LoadBisection(double start, bool whole, double tolerance)
{
    // 2^12 times the first guess, or that part of it: beyond, the guess or the bound is a slip.
    private const int MostDoublings = 12;

    private int doublings;

    /// <summary>The load to be tried; null: the search has ended.</summary>
    public double? Next { get; private set; } = Round(start, whole);

    /// <summary>The largest load known to hold; 0: none.</summary>
    public double Held { get; private set; }

    /// <summary>The least load known not to hold; infinite: none.</summary>
    public double Failed { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether it holds at <see cref="Next"/>.</summary>
    public void Tell(bool holds)
    {
        double tried = Next!.Value;
        if (holds)
        {
            Held = tried;
        }
        else
        {
            Failed = tried;
        }
        Next = Following();
    }

    private double? Following()
    {
        if (double.IsInfinity(Failed) || Held == 0)
        {
            double next = Round(double.IsInfinity(Failed) ? Held * 2 : Failed / 2, whole);
            return doublings++ < MostDoublings && next != Failed && next > 0 ? next : null;
        }
        double middle = Round((Held + Failed) / 2, whole);
        return Failed > Held * (1 + tolerance) && middle > Held && middle < Failed ? middle : null;
    }

    private static double Round(double load, bool whole) =>
        whole ? Math.Floor(load) : double.Parse(load.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
