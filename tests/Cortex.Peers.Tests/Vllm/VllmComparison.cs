using Xunit;

namespace Cortex.Peers.Tests.Vllm;

/// <summary>Compares decisions step by step and result by result.</summary>
public static class VllmComparison
{
    /// <summary>Replays the inputs of a run on an engine; fails at the first step, or else the first result, that differs.</summary>
    public static void AssertDecidesAs(VllmLog expected, IVllmEngine engine)
    {
        VllmDriver driver = new(VllmInputs.Of(expected), engine);
        using IEnumerator<VllmStep> got = driver.Run().GetEnumerator();
        for (int i = 0; i < expected.Steps.Count; i++)
        {
            Assert.True(got.MoveNext(), $"{expected.Run}: ends before step {expected.Steps[i].Number}");
            AssertSame(expected.Run, expected.Steps[i], got.Current);
        }
        Assert.False(got.MoveNext(), $"{expected.Run}: goes on after its last step");
        foreach (VllmRequest request in expected.Requests)
        {
            VllmResult result = driver.ResultOf(request.Id);
            Assert.True(request.Result == result, $"{expected.Run}: request {request.Id}\n  expected {request.Result}\n  got      {result}");
        }
    }

    private static void AssertSame(string run, VllmStep expected, VllmStep got)
    {
        foreach (((string name, string want), (_, string have)) in expected.Elements().Zip(got.Elements()))
        {
            Assert.True(want == have, $"{run}: step {expected.Number} is the first that differs, in '{name}'\n  expected {want}\n  got      {have}");
        }
    }
}
