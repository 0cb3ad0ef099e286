using Cortex.Models.Tests;
using Cortex.Runtime.Engines;
using Cortex.Testing;
using Xunit;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>Every prompt of every tiny model against its float64 goldens, and fed in every way that a core may feed it: the same bits.</summary>
public sealed class GoldenTinyTests
{
    private static readonly CpuEngineOptions Options = new() { Blocks = 128, Threads = 2 };

    [SharedTheory("models/tiny")]
    [GoldenPrompts("tiny")]
    public void Logits_hidden_states_and_greedy_tokens_are_those_of_the_golden(string model, string prompt)
    {
        using TinyPrompt golden = new(model, prompt);
        using EngineRig rig = new(golden.Weights, Options);
        TestSequence sequence = rig.New(golden.Ids);
        golden.AssertGreedy(rig.Greedy(sequence, golden.Greedy.Length));
        golden.AssertLogits(sequence);
        if (golden.Hidden is { } hidden)
        {
            float[][] computed = [.. sequence.Hidden.OrderBy(stage => stage.Key).SelectMany(stage => stage.Value.Take(golden.Ids.Length))];
            Distance.Within(TinyPrompt.All, TinyPrompt.Worst, computed, hidden);
        }
    }
}
