using System.Globalization;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Times and ranges of blocks are read by ways of their own; they must be no other ways to whoever looks.</summary>
public sealed class PlainNumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("19.0")]
    [InlineData("0.001")]
    [InlineData("0.0005")]
    [InlineData("0.0015")]
    [InlineData("12.3456789")]
    [InlineData("1e3")]
    [InlineData("2.5E-1")]
    [InlineData("123456789012345")]
    [InlineData("1234567890123456")]
    [InlineData("9223372036854775")]
    [InlineData("0.00000000000000000001")]
    [InlineData("100000000000.125")]
    public void A_time_is_the_one_that_decimal_arithmetic_gives(string microseconds)
    {
        decimal exact = decimal.Round(decimal.Parse(microseconds, NumberStyles.Float, CultureInfo.InvariantCulture) * 1000, MidpointRounding.ToEven);
        Assert.Equal((long)exact, Traces.Agentflow($$"""{"n":0,"kind":"tool","dur":{{microseconds}}}""").Nodes[0].DurationNs);
    }

    [Theory]
    [InlineData("9223372036854776")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("01")]
    [InlineData("1.")]
    public void A_time_that_is_none_is_a_fault(string microseconds) =>
        Assert.Throws<TraceException>(() => Traces.Agentflow($$"""{"n":0,"kind":"tool","dur":{{microseconds}}}"""));

    [Theory]
    [InlineData("[[1,2],[7,1]]", 1, 2, 7)]
    [InlineData("[ [ 1 , 2 ] ,\t[ 7,1 ] ]", 1, 2, 7)]
    [InlineData("[[1,2.0]]")]
    [InlineData("[[1,0]]")]
    [InlineData("[[-1,2]]")]
    [InlineData("[[01,2]]")]
    [InlineData("[[1,2,3]]")]
    [InlineData("[[1]]")]
    [InlineData("[[1,2],]")]
    [InlineData("[[1,2][7,1]]")]
    [InlineData("[[1,2]")]
    [InlineData("[1,2]")]
    [InlineData("[[1,2147483648]]")]
    [InlineData("[[2147483648,1]]")]
    public void Ranges_are_pairs_of_numbers_in_json_or_a_fault(string ranges, params int[] expected)
    {
        string line = $$"""{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"hash_ranges":{{ranges}},"in":{{Math.Max(64 * expected.Length, 64)}},"out":5}]}""";
        if (expected.Length == 0)
        {
            Assert.Equal(1, Assert.Throws<TraceException>(() => Traces.Parse(line)).Line);
            return;
        }
        Assert.Equal(expected, Traces.Parse(line).Nodes[0].Prompt.SelectMany(segment => Enumerable.Range(segment.Offset / 64, segment.Length / 64)));
    }
}
