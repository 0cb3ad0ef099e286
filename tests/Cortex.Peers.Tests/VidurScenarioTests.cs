using Cortex.Peers.Tests.Vidur;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The random scenarios of Vidur's dialect preempt, and in all of them every request is completed in due order.</summary>
public sealed class VidurScenarioTests
{
    private const int Seeds = 200;

    [Fact]
    public void Every_request_is_completed_after_its_first_token_and_many_were_preempted()
    {
        int restarts = 0, preempted = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            VidurCase scenario = VidurScenario.Case(seed);
            foreach (VidurRequest request in scenario.Requests)
            {
                VidurTimes times = scenario.Expected[request.Id];
                Assert.True(request.ArrivedAt < times.FirstTokenAt, $"{scenario.Run.Name}: {request} {times}");
                Assert.True(request.OutputTokens > 1 ? times.FirstTokenAt < times.CompletedAt : times.FirstTokenAt == times.CompletedAt);
                restarts += times.Restarts;
                preempted += times.Restarts > 0 ? 1 : 0;
            }
        }
        Assert.True(restarts > 1000 && preempted > 500, $"{restarts} restarts of {preempted} requests");
    }
}
