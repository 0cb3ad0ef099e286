using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Lists of ids are read by a way of their own; it must be no other way to whoever looks.</summary>
public sealed class IdListTests
{
    [Theory]
    [InlineData("[1,2]", new long[] { 1, 2 })]
    [InlineData("[ 1 ,\t22, 0 ]", new long[] { 1, 22, 0 })]
    [InlineData("[1e0,2.0]", null)]
    [InlineData("[1,-2]", null)]
    [InlineData("[01,2]", null)]
    [InlineData("[1,,2]", null)]
    [InlineData("[1,2,]", null)]
    [InlineData("[1 2]", null)]
    [InlineData("[1,2", null)]
    [InlineData("[1,\"2\"]", null)]
    [InlineData("[1,99999999999999999999]", null)]
    public void Ids_are_numbers_in_json_or_a_fault(string list, long[]? expected)
    {
        string line = $$"""{"timestamp":0,"hash_ids":{{list}},"input_length":600,"output_length":1}""";
        if (expected is null)
        {
            Assert.Equal(1, Assert.Throws<TraceException>(() => Traces.Parse(line)).Line);
            return;
        }
        Workload workload = Traces.Parse(line.Replace("600", (512 * expected.Length).ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(expected, workload.Nodes[0].Prompt.SelectMany(segment => Enumerable.Range(segment.Offset / 512, segment.Length / 512)).Select(id => (long)id));
    }

    [Fact]
    public void An_id_may_have_sixty_four_bits()
    {
        const string Header = """{"schema":"dynamo.agentic_mooncake","version":2,"block_size":64,"hash_id_scope":"local"}""";
        Workload workload = Traces.Parse(Header, """{"request_id":"a","play_id":"p","input_length":150,"output_length":1,"hash_ids":[18446744073709551615,9999999999999999999,18446744073709551615]}""");
        Assert.Equal([128, 22], workload.Nodes[0].Prompt.Select(segment => segment.Length));
        Assert.Equal([0, 0], workload.Nodes[0].Prompt.Select(segment => segment.Offset));
    }

    [Theory]
    [InlineData("""{"timestamp":0,"hash_ids":[1,2],"input_length":600,"output_length":1,}""")]
    [InlineData("""{"timestamp":0,"hash_ids":[1,2] "input_length":600}""")]
    [InlineData("""{"timestamp":0,"hash_ids":[1,2],"input_length":600,"output_length":1""")]
    public void A_fault_behind_a_list_is_told_with_its_place_in_the_line(string line)
    {
        JsonException json = Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(Encoding.UTF8.GetBytes(line)));
        Assert.Contains($"no valid JSON at byte {json.BytePositionInLine + 1} of the line", Assert.Throws<TraceException>(() => Traces.Parse(line)).Message);
    }
}
