using Cortex.Policies;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>Seven calls of five workflows, with every way to end. Small enough to compute by hand.</summary>
internal static class SmallRun
{
    public static Instant End { get; } = new(11_000_000_000);

    public static void Play(IServingObserver observer)
    {
        Stream stream = new(observer);
        stream.WorkflowArrives(0, Ms(1000)).CallArrives(0, Ms(1000));
        stream.WorkflowArrives(1, Ms(2000)).CallArrives(2, Ms(2000));
        stream.CallEnds(2, 1, Ms(2000), -1, -1, Ms(2000), prompt: 1000, output: 0, state: CallState.Refused).CallArrives(3, Ms(2000));
        stream.WorkflowArrives(2, Ms(3000)).CallArrives(4, Ms(3000));
        stream.CallEnds(0, 0, Ms(1000), Ms(1500), Ms(2000), Ms(4000), prompt: 100, output: 5, hits: 40).CallArrives(1, Ms(4000));
        stream.CallEnds(1, 0, Ms(4000), Ms(4000), Ms(4250), Ms(4250), prompt: 50, output: 1, preemptions: 2);
        stream.WorkflowArrives(3, Ms(5000)).CallArrives(5, Ms(5000));
        stream.CallEnds(5, 3, Ms(5000), Ms(5250), -1, Ms(5500), prompt: 7, output: 0, state: CallState.Failed).WorkflowEnds(3, Ms(5500));
        stream.WorkflowEnds(0, Ms(6000)).WorkflowArrives(4, Ms(6000)).CallArrives(6, Ms(6000));
        stream.CallEnds(3, 1, Ms(2000), Ms(3000), Ms(5000), Ms(8000), prompt: 30, output: 3, hits: 10, preemptions: 1, state: CallState.Cancelled);
        stream.WorkflowEnds(1, Ms(8000));
        stream.CallEnds(6, 4, Ms(6000), Ms(6500), Ms(9000), Ms(10_000), prompt: 10, output: 3, hits: 5).WorkflowEnds(4, Ms(10_000));
        stream.CallEnds(4, 2, Ms(3000), -1, -1, Ms(11_000), prompt: 20, output: 0, state: CallState.Unfinished);
    }

    private static long Ms(long ms) => ms * 1_000_000;
}
