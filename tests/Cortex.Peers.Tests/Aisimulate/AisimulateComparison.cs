using Xunit;

namespace Cortex.Peers.Tests.Aisimulate;

/// <summary>Compares what became of every request.</summary>
public static class AisimulateComparison
{
    /// <summary>Of recorded times, which are rounded to a nanosecond.</summary>
    public const long RecordedToleranceNs = 1_000;

    /// <summary>Fails with the number of requests that differ and the first of them in order of admission.</summary>
    public static void AssertSame(AisimulateCase @case, IReadOnlyList<AisimulateTimes> got, long toleranceNs)
    {
        Assert.NotEmpty(@case.Requests);
        AisimulateRequest[] different =
        [
            .. @case.Requests.Where(request => !Same(@case.Expected[request.Id], got[request.Id], toleranceNs))
                .OrderBy(request => @case.Expected[request.Id].Admitted),
        ];
        if (different.Length > 0)
        {
            AisimulateRequest first = different[0];
            Assert.Fail(
                $"{@case.Run.Name}: {different.Length} of {@case.Requests.Count} requests differ, the first is {first}\n"
                + $"  expected {@case.Expected[first.Id]}\n  got      {got[first.Id]}");
        }
    }

    private static bool Same(in AisimulateTimes expected, in AisimulateTimes got, long toleranceNs) =>
        Math.Abs(expected.Released - got.Released) <= toleranceNs
        && Math.Abs(expected.Admitted - got.Admitted) <= toleranceNs
        && Math.Abs(expected.FirstToken - got.FirstToken) <= toleranceNs
        && Math.Abs(expected.End - got.End) <= toleranceNs
        && (expected.HitTokens, expected.Worker, expected.Admissions) == (got.HitTokens, got.Worker, got.Admissions);
}
