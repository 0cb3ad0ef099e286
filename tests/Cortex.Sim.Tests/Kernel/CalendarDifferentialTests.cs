using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel;

/// <summary>The calendar against a sorted set over eight million random operations in five regimes of time, most with heavy ties.</summary>
[Trait("check", "1")]
public sealed class CalendarDifferentialTests
{
    private const int Operations = 1_600_000;
    private const int MostWaiting = 400;

    [Theory]
    [InlineData("exponential")]
    [InlineData("heavy ties")]
    [InlineData("bimodal")]
    [InlineData("two points")]
    [InlineData("all equal")]
    public void Every_operation_answers_as_a_sorted_set_does(string regime)
    {
        RandomStream random = new(7, regime);
        Calendar calendar = new();
        SortedSet<Expected> oracle = [];
        List<(EventHandle Handle, Expected Event)> handles = [];
        long now = 0;
        for (int operation = 0; operation < Operations; operation++)
        {
            int choice = random.NextInt(100);
            if (choice < 15 && handles.Count > 0)
            {
                int index = random.NextInt(handles.Count);
                Assert.Equal(oracle.Remove(handles[index].Event), calendar.Cancel(handles[index].Handle));
                handles[index] = handles[^1];
                handles.RemoveAt(handles.Count - 1);
            }
            else if (choice < 58 && oracle.Count < MostWaiting)
            {
                Expected next = new(now + Delay(regime, random), (Phase)random.NextInt(Enum.GetValues<Phase>().Length), operation);
                handles.Add((calendar.Schedule(new(next.Time), next.Phase, operation), next));
                oracle.Add(next);
            }
            else
            {
                bool any = oracle.Count > 0;
                Assert.Equal(any, choice % 2 == 0 ? calendar.TryPop(out ScheduledEvent actual) : calendar.TryPeek(out actual));
                if (any)
                {
                    Expected wanted = oracle.Min;
                    Same(wanted, actual);
                    if (choice % 2 == 0)
                    {
                        oracle.Remove(wanted);
                        now = wanted.Time;
                    }
                }
            }
            if (handles.Count > 2 * MostWaiting)
            {
                handles.RemoveRange(0, MostWaiting); // Of the rest many are stale, which cancelling must notice.
            }
        }
        while (calendar.TryPop(out ScheduledEvent actual))
        {
            Same(oracle.Min, actual);
            oracle.Remove(oracle.Min);
        }
        Assert.Empty(oracle);
    }

    private static void Same(Expected wanted, ScheduledEvent actual)
    {
        if (wanted.Time != actual.At.Ns || wanted.Phase != actual.Phase || wanted.Number != actual.Payload)
        {
            Assert.Fail($"expected {wanted}, got {actual}");
        }
    }

    private static long Delay(string regime, RandomStream random) => regime switch
    {
        "exponential" => (long)(-1e6 * Math.Log(1 - random.NextDouble())),
        "heavy ties" => random.NextInt(4),
        "bimodal" => random.NextInt(10) == 0 ? 1_000_000 + random.NextInt(1_000) : random.NextInt(1_000),
        "two points" => 100 * random.NextInt(2),
        _ => 0,
    };

    private readonly record struct Expected(long Time, Phase Phase, int Number) : IComparable<Expected>
    {
        public int CompareTo(Expected other) => Time != other.Time ? Time.CompareTo(other.Time)
            : Phase != other.Phase ? (byte)Phase - (byte)other.Phase
            : Number.CompareTo(other.Number);
    }
}
