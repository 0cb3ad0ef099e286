namespace Cortex.Policies.Random;

/// <summary>
/// Natural logarithm and exponential from + − × ÷ alone, so that sampling gives the same bits on every machine; the platform's own differ
/// in the last place. Relative error below 1e-14.
/// </summary>
public static class PortableMath
{
    // ln 2 in two parts: the first has 20 trailing zero bits, so that its product with an exponent is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SqrtHalf = 0.70710678118654752440;
    private const double ExpLimit = 708;

    /// <summary>ln <paramref name="x"/>, for a positive normal number.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not positive, subnormal or not finite.</exception>
    public static double Log(double x)
    {
        if (!double.IsNormal(x) || x < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "a positive normal number");
        }
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1022;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000);
        if (mantissa < SqrtHalf)
        {
            mantissa *= 2;
            exponent--;
        }
        // ln m = 2 artanh s with s = (m − 1)/(m + 1), |s| ≤ 0.172: eleven terms of the series reach 1e-18.
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double sum = 1.0 / 23 * square; // Written out: the divisions of a loop would take twice the time.
        sum = (sum + 1.0 / 21) * square;
        sum = (sum + 1.0 / 19) * square;
        sum = (sum + 1.0 / 17) * square;
        sum = (sum + 1.0 / 15) * square;
        sum = (sum + 1.0 / 13) * square;
        sum = (sum + 1.0 / 11) * square;
        sum = (sum + 1.0 / 9) * square;
        sum = (sum + 1.0 / 7) * square;
        sum = (sum + 1.0 / 5) * square;
        sum = (sum + 1.0 / 3) * square;
        return exponent * Ln2High + (2 * s + (2 * s * sum + exponent * Ln2Low));
    }

    /// <summary>e to the power <paramref name="x"/>, from −708 to 708.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result would overflow or be subnormal.</exception>
    public static double Exp(double x)
    {
        if (!(Math.Abs(x) <= ExpLimit))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "−708 to 708");
        }
        // x = k ln 2 + r with |r| ≤ 0.347: fourteen terms of the series reach 1e-18.
        double k = Math.Round(x / (Ln2High + Ln2Low), MidpointRounding.ToEven);
        double r = (x - k * Ln2High) - k * Ln2Low;
        double sum = 0;
        for (int n = 14; n >= 2; n--)
        {
            sum = (sum + 1) * r / n;
        }
        double power = BitConverter.Int64BitsToDouble((long)(1023 + k) << 52);
        return (1 + (r + r * sum)) * power;
    }
}
