using Xunit;

namespace Cortex.Peers.Tests.Vidur;

/// <summary>Compares the times of every recorded request.</summary>
public static class VidurComparison
{
    /// <summary>Largest difference allowed, in seconds; a little room for the rounding of the recorded digits themselves.</summary>
    private const double Tolerance = 1e-6 + 1e-10;

    /// <summary>Fails with the number of requests that differ and the first of them in order of arrival.</summary>
    public static void AssertSame(VidurCase recorded, IReadOnlyDictionary<int, VidurTimes> got)
    {
        VidurRequest[] compared = [.. recorded.Requests.Where(request => recorded.Expected.ContainsKey(request.Id))];
        Assert.NotEmpty(compared);
        Assert.Equal(recorded.Expected.Count, compared.Length);
        VidurRequest[] different = [.. compared.Where(request => !Same(recorded.Expected[request.Id], got[request.Id]))];
        if (different.Length > 0)
        {
            VidurRequest first = different[0];
            Assert.Fail(
                $"{recorded.Run.Name}: {different.Length} of {compared.Length} requests differ, the first is {first}\n"
                + $"  expected {recorded.Expected[first.Id]}\n  got      {got[first.Id]}");
        }
    }

    private static bool Same(VidurTimes expected, VidurTimes got) =>
        Math.Abs(expected.FirstTokenAt - got.FirstTokenAt) <= Tolerance
        && Math.Abs(expected.CompletedAt - got.CompletedAt) <= Tolerance
        && expected.Restarts == got.Restarts;
}
