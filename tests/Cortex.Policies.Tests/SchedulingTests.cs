using Cortex.Policies.Random;
using Cortex.Policies.Registry;

namespace Cortex.Policies.Tests;

public sealed class SchedulingTests
{
    [Theory]
    [InlineData("fcfs", 7, VictimOrder.YoungestAdmission)]
    [InlineData("priority", -3, VictimOrder.LargestKey)]
    [InlineData("shortest-first", 100, VictimOrder.YoungestAdmission)]
    public void Keys_and_victims_are_as_documented(string name, long key, VictimOrder victims)
    {
        var policy = Registered.Make<ISchedulingPolicy>(PolicyAxis.Scheduling, name);
        Assert.Equal(key, Ask.Key(policy, Ask.Call(arrival: 7, priority: -3, prompt: 100), new RandomStream(1, name)));
        Assert.Equal(victims, policy.Victims);
    }
}
