using System.Collections;
using System.Reflection;
using Cortex.Policies;
using Xunit;

namespace Cortex.Serving.Tests.Fleet;

/// <summary>An engine lets the sequence of a call that is gone stand for another one. Nothing of the first may be left in it.</summary>
public sealed class SequencesUsedAgainTests
{
    [Theory]
    [InlineData("vllm-v1", false)]
    [InlineData("vllm-v1", true)]
    [InlineData("vidur-sarathi", false)]
    public void One_that_stands_for_another_call_equals_a_new_one_in_every_field(string dialect, bool async)
    {
        var used = new List<Sequence>();
        EngineCore engine = Crowded(dialect, async, used);
        Assert.Contains(used, sequence => sequence.Preemptions > 0);
        foreach (Sequence sequence in used)
        {
            engine.Release(sequence);
        }
        for (int call = 1000; call < 1000 + used.Count; call++)
        {
            Sequence again = engine.Enqueue(Request(call), call, call);
            Sequence fresh = Engine(dialect, async).Enqueue(Request(call), call, call);
            Assert.Same(used[call - 1000], again);
            Assert.Equal(State(fresh), State(again));
            engine.Abort(again);
        }
    }

    [Fact]
    public void One_that_a_step_in_flight_may_name_is_not_used_until_that_step_has_come_back()
    {
        EngineCore engine = Engine("vllm-v1", async: true);
        Sequence first = engine.Enqueue(Request(0), 0, 0);
        engine.Plan();
        engine.Abort(first);
        engine.Release(first);
        Assert.NotSame(first, engine.Enqueue(Request(1), 1, 1));
        engine.Deliver(1, Instant.Zero, [], []);
        Assert.Same(first, engine.Enqueue(Request(2), 2, 2));
    }

    /// <summary>An engine that has served calls with too little memory for them, until all were gone.</summary>
    private static EngineCore Crowded(string dialect, bool async, List<Sequence> used)
    {
        EngineCore engine = Engine(dialect, async);
        for (int call = 0; call < 40; call++)
        {
            Set(engine.Enqueue(Request(call), call, call), "Ready", new Instant(call));
        }
        while (engine.Running + engine.Waiting > 0)
        {
            while (engine.CanPlan && engine.Plan() is { IsEmpty: false } plan)
            {
                plan.Preempted.ForEach(sequence => Set(sequence, "setBackAt", new Instant(5)));
            }
            engine.Deliver(1, new(7), [], used);
        }
        return engine;
    }

    private static EngineCore Engine(string dialect, bool async) => new(
        new()
        {
            Name = "engine",
            Dialect = dialect,
            AsyncScheduling = async,
            EnablePrefixCaching = dialect == "vllm-v1",
            BlockSize = 16,
            NumBlocks = 60,
            MaxNumSeqs = 16,
            MaxNumBatchedTokens = 256,
            MaxModelLen = 900,
        },
        VictimOrder.YoungestAdmission, repeatSteps: false);

    private static CallRequest Request(int call) => new()
    {
        Tag = call,
        WorkflowTag = 0,
        Stage = default,
        Prompt = [new(new(2 * call), 0, 70 + call % 7)],
        PromptTokens = 70 + call % 7,
        MaxTokens = 50 + call % 11,
        Output = new((2 * call) + 1),
    };

    /// <summary>What the fleet does.</summary>
    private static void Set(Sequence sequence, string member, Instant value)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        typeof(Sequence).GetField(member, Any)?.SetValue(sequence, value);
        typeof(Sequence).GetProperty(member, Any)?.SetValue(sequence, value);
    }

    /// <summary>Every field, those of base classes and of what it owns included; of lists what they hold, not the room they keep.</summary>
    private static List<string> State(object of)
    {
        var lines = new List<string>();
        Add(of, of.GetType().Name);
        return lines;

        void Add(object one, string name)
        {
            for (Type? type = one.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    object? value = field.GetValue(one);
                    string path = $"{name}.{field.Name}";
                    if (value is not null && field.FieldType.Name is "BlockTable" or "TokenCursor")
                    {
                        Add(value!, path);
                    }
                    else if (value is ICollection { Count: var count } and not Array)
                    {
                        lines.Add($"{path}: {count} of them");
                    }
                    else if (field.FieldType.Name != "DecodeClock")
                    {
                        lines.Add($"{path}: {value}");
                    }
                }
            }
        }
    }
}
