using System.Text.Json;
using Cortex.Models.Tests;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>What came of one prompt of a real model.</summary>
internal sealed class RealRun
{
    private readonly int[] golden;
    private readonly double[] margins;

    private RealRun(TestSequence sequence, JsonElement greedy)
    {
        Sequence = sequence;
        golden = GoldenModel.Ints(greedy.GetProperty("ids"));
        margins = GoldenModel.Numbers(greedy.GetProperty("margins"));
    }

    public TestSequence Sequence { get; }

    /// <summary>At each position of the prompt, the likeliest next token, and how far its logit is above the next one.</summary>
    public (int Id, float Margin)[] Likeliest { get; private init; } = [];

    /// <summary>Behind the prompt.</summary>
    public float[] LastLogits { get; private init; } = [];

    /// <summary>All stages, one behind the other.</summary>
    public float[][] Hidden { get; private init; } = [];

    /// <summary>Greedy tokens; where the oracle's margin is below the cut, the golden's.</summary>
    public List<int> Sampled { get; } = [];

    public bool IsDone => Sampled.Count == golden.Length;

    /// <summary>Feeds the prompt.</summary>
    public static RealRun Begin(EngineRig rig, JsonElement prompt)
    {
        TestSequence sequence = rig.New(GoldenModel.Ints(prompt.GetProperty("ids")));
        rig.Greedy(sequence, 1);
        RealRun run = new(sequence, prompt.GetProperty("greedy"))
        {
            Likeliest = [.. sequence.Logits.Select(Best)],
            LastLogits = sequence.Logits[^1],
            Hidden = prompt.TryGetProperty("hidden", out _) ? [.. sequence.Hidden.OrderBy(stage => stage.Key).SelectMany(stage => stage.Value)] : [],
        };
        sequence.Logits.Clear();
        sequence.Hidden.Clear();
        run.Take();
        return run;
    }

    /// <summary>Notes the token sampled last; the text goes on from the golden's.</summary>
    public void Take()
    {
        int at = Sampled.Count;
        Sampled.Add(margins[at] < RealModel.Cut ? golden[at] : Sequence.Tokens[^1]);
        Sequence.Tokens[^1] = golden[at];
        Sequence.Logits.Clear();
    }

    private static (int Id, float Margin) Best(float[] logits)
    {
        int best = logits.IndexOf(logits.Max());
        float next = float.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            next = i == best ? next : Math.Max(next, logits[i]);
        }
        return (best, logits[best] - next);
    }
}
