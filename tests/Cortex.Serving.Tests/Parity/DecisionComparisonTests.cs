using Cortex.Serving.Decisions;
using Cortex.Serving.Parity;
using Xunit;

namespace Cortex.Serving.Tests.Parity;

/// <summary>Two lists of decisions against each other.</summary>
public sealed class DecisionComparisonTests
{
    private static readonly (Decision Decision, int[] Blocks)[] Some =
    [
        (new(-1, DecisionAxis.Routing, 0, 1, 2), []),
        (new(1, DecisionAxis.Admission, 0, 16, 1), [1, 2]),
        (new(-1, DecisionAxis.Routing, 1, 0, 2), []),
        (new(0, DecisionAxis.Admission, 1, 16, 1), [1]),
        (new(1, DecisionAxis.Running, 0, 1, 1), [3]),
        (new(1, DecisionAxis.Running, 0, 1, 1), [4]),
    ];

    [Fact]
    public void Equal_runs_agree_in_all()
    {
        DecisionComparison comparison = DecisionComparison.Of(Log(Some), Log(Some));
        Assert.Null(comparison.First);
        Assert.All(comparison.Axes, axis => Assert.Equal(1, axis.Share));
        Assert.Equal([2, 2, 2, 0, 0], comparison.Axes.Select(axis => axis.Recorded));
    }

    [Fact]
    public void Engines_may_decide_in_any_order_beside_each_other() =>
        Assert.Null(DecisionComparison.Of(Log(Some), Log([Some[0], Some[2], Some[3], Some[1], Some[4], Some[5]])).First);

    [Fact]
    public void Another_answer_is_the_first_divergence_and_counts_on_its_axis()
    {
        (Decision, int[])[] other = [.. Some];
        other[4] = (Some[4].Decision with { Answer = 2 }, [3]);
        DecisionComparison comparison = DecisionComparison.Of(Log(Some), Log(other));
        Assert.Equal(new Divergence(4, "engine 1 running of call 0: 1 tokens, blocks 3", "engine 1 running of call 0: 2 tokens, blocks 3"), comparison.First);
        Assert.Equal([1, 1, 0.5, 1, 1], comparison.Axes.Select(axis => axis.Share));
    }

    [Fact]
    public void Other_blocks_are_a_divergence_but_the_answers_agree()
    {
        (Decision, int[])[] other = [.. Some];
        other[1] = (Some[1].Decision, [2, 1]);
        DecisionComparison comparison = DecisionComparison.Of(Log(Some), Log(other));
        Assert.Equal(1, comparison.First!.Number);
        Assert.All(comparison.Axes, axis => Assert.Equal(1, axis.Share));
    }

    [Fact]
    public void Decisions_that_only_one_run_took_do_not_agree()
    {
        DecisionComparison more = DecisionComparison.Of(Log(Some[..5]), Log(Some));
        Assert.Equal(new Divergence(5, null, "engine 1 running of call 0: 1 tokens, blocks 4"), more.First);
        Assert.Equal(0.5, more.Axes[(int)DecisionAxis.Running].Share);
        DecisionComparison fewer = DecisionComparison.Of(Log(Some), Log(Some[..5]));
        Assert.Equal(new Divergence(5, "engine 1 running of call 0: 1 tokens, blocks 4", null), fewer.First);
        Assert.Equal(0.5, fewer.Axes[(int)DecisionAxis.Running].Share);
    }

    private static DecisionLog Log(IEnumerable<(Decision Decision, int[] Blocks)> decisions)
    {
        DecisionLog log = new();
        foreach ((Decision decision, int[] blocks) in decisions)
        {
            log.Decided(decision, blocks);
        }
        return log;
    }
}
