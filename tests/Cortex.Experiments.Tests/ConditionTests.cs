using Cortex.Experiments.Config;
using Cortex.Experiments.Config.Expressions;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class ConditionTests
{
    private static readonly SourceMark Mark = new("--where", 0, 0, ".");

    [Theory]
    [InlineData("decode>=prefill", true)]
    [InlineData("decode > prefill*2", false)]
    [InlineData("decode = 4 and prefill != 3", true)]
    [InlineData("decode<3 or prefill<3", true)]
    [InlineData("decode<3 || prefill<3 && decode == 5", false)]
    [InlineData("not decode < 3", true)]
    [InlineData("!(decode == 4 and prefill == 2)", false)]
    [InlineData("decode - prefill == 2", true)]
    [InlineData("decode/2 - prefill/2 == 1", true)]
    [InlineData("-decode < 0", true)]
    [InlineData("wait < 800ms", true)]
    [InlineData("wait <= 0.5 and 0.5s <= wait", true)]
    [InlineData("share == 10%", true)]
    [InlineData("1e-1 == share", true)]
    [InlineData("routing == prefix-aware", true)]
    [InlineData("routing != \"prefix-aware\"", false)]
    [InlineData("routing < 3", false)]
    [InlineData("absent < 3", false)]
    [InlineData("absent >= 3", false)]
    [InlineData("2 + 3 * 4 == 14", true)]
    [InlineData("(2 + 3) * 4 == 20", true)]
    public void Conditions_hold_or_do_not(string text, bool holds) => Assert.Equal(holds, Condition.Parse(text, Mark).Holds(Lookup));

    [Theory]
    [InlineData("", "it ends too early")]
    [InlineData("decode >=", "it ends too early")]
    [InlineData("(decode > 1", "a ')' is missing")]
    [InlineData("decode > 1)", "')' is not expected there")]
    [InlineData("decode prefill", "'prefill' is not expected there")]
    [InlineData("a < b < c", "'<' is not expected there")]
    [InlineData("a < 3furlongs", "'3furlongs' is not a number")]
    [InlineData("a ? b", "a character that means nothing here")]
    [InlineData("a == 'b", "a character that means nothing here")]
    [InlineData("and > 3", "'and' is not expected there")]
    public void Others_are_told_with_what_is_allowed(string text, string what)
    {
        var fault = Assert.Throws<InputException>(() => Condition.Parse(text, Mark));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: comparisons", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_known_once_each() => Assert.Equal(["a", "p99.9.ttft", "b-c"], Condition.Parse("a < p99.9.ttft and b-c == a", Mark).Names);

    private static ExpressionValue? Lookup(string name) => name switch
    {
        "decode" => ExpressionValue.Of("4"),
        "prefill" => ExpressionValue.Of("2"),
        "wait" => ExpressionValue.Of("500ms"),
        "share" => ExpressionValue.Of("0.1"),
        "routing" => ExpressionValue.Of("prefix-aware"),
        "absent" => null,
        _ => new ExpressionValue(null, name),
    };
}
