using System.Globalization;
using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Workloads;

namespace Cortex.Experiments.Profiles;

/// <summary>Reads spreads: one value for all, or <c>{median, sigma, least, most}</c>, of which what is left out keeps its default.</summary>
internal static class SpreadReader
{
    private const double MostSigma = 10;

    /// <summary>Lengths in tokens.</summary>
    /// <exception cref="InputException">Another form, or bounds that do not fit each other.</exception>
    public static Spread Tokens(MapReader reader, string key, Spread otherwise) => Read(reader, key, otherwise, Token);

    /// <summary>Times, with their unit.</summary>
    /// <inheritdoc cref="Tokens"/>
    public static Spread Time(MapReader reader, string key, Spread otherwise) => Read(reader, key, otherwise, Microseconds);

    private static Spread Read(MapReader reader, string key, Spread otherwise, Func<MapReader, string, int, int> read)
    {
        switch (reader.Node(key))
        {
            case null or ConfigScalar { IsEmpty: true }:
                return otherwise;
            case ConfigScalar:
                return Spread.Of(read(reader, key, 0));
            default:
                MapReader below = reader.Below(key);
                var spread = new Spread(
                    read(below, "median", (int)otherwise.Median),
                    below.Number("sigma", otherwise.Sigma, value => value is >= 0 and <= MostSigma, "a number from 0 to 10"),
                    read(below, "least", otherwise.Least),
                    read(below, "most", otherwise.Most));
                below.Finish();
                return spread.Least <= spread.Most && spread.Least <= spread.Median && spread.Median <= spread.Most
                    ? spread
                    : throw new InputException(below.Mark, $"{reader.Full(key)}: allowed: least ≤ median ≤ most");
        }
    }

    private static int Token(MapReader reader, string key, int otherwise) => (int)reader.Integer(key, otherwise, least: 1, most: 10_000_000);

    private static int Microseconds(MapReader reader, string key, int otherwise)
    {
        if (reader.Time(key) is not { } time)
        {
            return otherwise;
        }
        long us = time.Ns / 1000;
        return us * 1000 == time.Ns && us <= int.MaxValue
            ? (int)us
            : throw reader.Wrong(reader.Scalar(key)!, key, string.Create(CultureInfo.InvariantCulture, $"whole microseconds up to {int.MaxValue / 1_000_000} s"));
    }
}
