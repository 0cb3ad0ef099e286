using Xunit;

namespace Cortex.Peers.Tests.Repeating;

/// <summary>Compares runs of repeated steps with the same steps one by one.</summary>
internal static class RepeatComparison
{
    private const int SeedsPerCase = 100;

    /// <summary>Compares a hundred random scenarios, in which steps were repeated and events came within the runs.</summary>
    /// <returns>Planned steps in which calls had blocks in common.</returns>
    public static int AssertSame(int hundred, string dialect, Func<ulong, string, CallScript> scriptOf)
    {
        int repeated = 0, outlived = 0, sharing = 0;
        for (int i = 0; i < SeedsPerCase; i++)
        {
            ulong seed = (ulong)(hundred * SeedsPerCase + i);
            ScriptPlayer player = AssertSame($"seed {seed}", scriptOf(seed, dialect));
            repeated += player.Repeated;
            outlived += player.Outlived;
            sharing += player.Sharing;
        }
        Assert.True(repeated > 1000 && outlived > 50, $"{repeated} steps were repeated, {outlived} events outlived");
        return sharing;
    }

    /// <summary>Fails at the first decision, or else the first call, that differs; returns the player that repeated.</summary>
    public static ScriptPlayer AssertSame(string name, CallScript script)
    {
        ScriptPlayer expected = new(script, repeat: false), got = new(script, repeat: true);
        expected.Play();
        got.Play();
        AssertSame(name, "decision", expected.Log.Decisions, got.Log.Decisions);
        AssertSame(name, "call", expected.Fates, got.Fates);
        Assert.Equal(expected.Totals, got.Totals);
        Assert.Equal(expected.Kv, got.Kv);
        Assert.Equal(got.Kv.Total, got.Kv.Free);
        Assert.Equal((0, got.Totals.Tokens + got.Totals.HitTokens), (got.Totals.HeldTokens, got.Totals.ReleasedTokens));
        return got;
    }

    private static void AssertSame<T>(string name, string what, IReadOnlyList<T> expected, IReadOnlyList<T> got)
    {
        int same = expected.Zip(got).TakeWhile(pair => pair.First!.Equals(pair.Second)).Count();
        if (same < expected.Count || same < got.Count)
        {
            Assert.Fail(
                $"{name}: {what} {same} is the first that differs\n  expected {expected.ElementAtOrDefault(same)}\n"
                + $"  got      {got.ElementAtOrDefault(same)}");
        }
    }
}
