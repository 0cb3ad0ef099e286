using Cortex.Peers.Tests.Vllm;
using Cortex.Peers.Tests.Vllm.Plain;
using Cortex.Peers.Tests.Vllm.Random;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The random scenarios reach the rules they are meant to reach, and the reference keeps its books in all of them.</summary>
public sealed class VllmScenarioTests
{
    private const int Seeds = 500;

    [Fact]
    public void The_scenarios_reach_every_kind_of_decision()
    {
        Dictionary<string, long> seen = [];
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            Count(VllmScenario.Log(seed), seen);
        }
        string[] rare = [.. seen.Where(kind => kind.Value < 25).Select(kind => $"{kind.Key}: {kind.Value}")];
        Assert.True(rare.Length == 0, string.Join(", ", rare));
    }

    [Fact]
    public void At_the_end_every_request_has_ended_and_every_block_is_free()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            VllmLog log = VllmScenario.Log(seed);
            Assert.All(log.Requests, request => Assert.NotNull(request.Result.Finish));
            VllmState last = log.Steps[^1].Update!.After;
            Assert.Equal((log.Config.NumBlocks - 1, 0, 0), (last.Free, last.Running, last.Waiting));
        }
    }

    /// <summary>Each pair of releases differs by one rule; a scenario in which that rule never matters would not test it.</summary>
    [Theory]
    [InlineData("0.18", "0.19")]
    [InlineData("0.19", "0.24")]
    [InlineData("0.27", "0.28")]
    [InlineData("0.28", "0.31")]
    public void The_scenarios_tell_releases_apart(string before, string after)
    {
        int apart = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            VllmInputs inputs = VllmScenario.Inputs(seed);
            apart += Decisions(inputs with { Release = Version.Parse(before) }).SequenceEqual(Decisions(inputs with { Release = Version.Parse(after) })) ? 0 : 1;
        }
        Assert.True(apart >= 10, $"{apart} of {Seeds} scenarios tell {before} and {after} apart");
    }

    private static IEnumerable<string> Decisions(VllmInputs inputs) =>
        new VllmDriver(inputs, new PlainVllm(inputs.Config, inputs.Release)).Run().SelectMany(step => step.Elements().Select(element => element.Text));

    private static void Count(VllmLog log, Dictionary<string, long> seen)
    {
        string mode = (log.Config.AsyncScheduling ? "asynchronous " : "synchronous ") + log.Config.Policy + ": ";
        Add("steps", log.Steps.Count);
        Add("preemptions", log.Steps.Sum(step => step.Preempted.Count));
        Add("several preemptions in a step", log.Steps.Count(step => step.Preempted.Count > 1));
        Add("evictions", log.Steps.Sum(step => step.Evicted));
        Add("hits", log.Requests.Count(request => request.Result.AllHits > 0));
        Add("hits after a preemption", log.Requests.Count(request => request.Result.AllHits > (request.Result.FirstHit ?? 0)));
        Add("aborts before schedule", log.Steps.Sum(step => step.AbortedBeforeSchedule.Count));
        Add("aborts before update", log.Steps.Sum(step => step.Update?.AbortedBefore.Count ?? 0));
        Add("discarded", log.Steps.Sum(step => step.Update?.Discarded.Count ?? 0));
        Add("ends by length", log.Requests.Count(request => request.Result.Reason == "length"));
        Add("ends by max_model_len", log.Requests.Count(EndsByModelLength));
        if (log.Config.AsyncScheduling)
        {
            Add("stale", log.Steps.Sum(step => step.Update?.Stale.Count ?? 0));
        }

        void Add(string kind, long count) => seen[mode + kind] = seen.GetValueOrDefault(mode + kind) + count;

        bool EndsByModelLength(VllmRequest request) =>
            request.Result.Reason == "length" && request.Prompt.Sum(piece => piece.Length) + request.Out > log.Config.MaxModelLen;
    }
}
