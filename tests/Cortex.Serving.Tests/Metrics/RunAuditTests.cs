using Xunit;

namespace Cortex.Serving.Tests.Metrics;

public sealed class RunAuditTests
{
    private readonly RunAudit audit = new();

    [Fact]
    public void A_run_in_order_passes()
    {
        Stream stream = new(audit);
        stream.WorkflowArrives(0, 5).CallArrives(0, 5).WorkflowArrives(1, 6).CallArrives(7, 8);
        stream.CallEnds(7, 1, ready: 8, scheduled: -1, first: -1, end: 8, output: 0, state: CallState.Refused).WorkflowEnds(1, 8);
        stream.CallEnds(0, 0, ready: 5, scheduled: 6, first: 9, end: 20, hits: 9, preemptions: 2).CallArrives(1, 20);
        stream.CallEnds(1, 0, ready: 20, scheduled: 20, first: -1, end: 21, output: 0, state: CallState.Cancelled).WorkflowEnds(0, 21);
        audit.Check(new(30));
    }

    [Fact]
    public void A_run_without_calls_passes() => audit.Check(new(0));

    [Fact]
    public void Calls_that_are_unfinished_were_there_until_the_end()
    {
        Stream stream = new(audit);
        stream.WorkflowArrives(0, 0).CallArrives(0, 0).CallArrives(1, 3).CallArrives(2, 4);
        stream.CallEnds(1, 0, ready: 3, scheduled: 4, first: 5, end: -1, output: 2, state: CallState.Unfinished);
        stream.CallEnds(0, 0, ready: 0, scheduled: 4, first: 5, end: 9);
        stream.CallEnds(2, 0, ready: 4, scheduled: -1, first: -1, end: 10, output: 0, state: CallState.Unfinished);
        audit.Check(new(10));
        audit.Check(new(10));
    }

    [Fact]
    public void A_call_without_an_end_is_found()
    {
        new Stream(audit).WorkflowArrives(0, 0).CallArrives(3, 0).CallArrives(1500, 0).CallEnds(3, 0, 0, 1, 2, 3).CallArrives(4000, 3);
        AssertFault("call 1500 never ended (2 in all)", 5);
    }

    [Fact]
    public void A_second_end_is_found()
    {
        new Stream(audit).WorkflowArrives(0, 0).CallArrives(3, 0).CallEnds(3, 0, 0, 1, 2, 3).CallEnds(3, 0, 0, 1, 2, 3, state: CallState.Cancelled);
        AssertFault("call 3 ended twice", 3);
    }

    [Fact]
    public void A_second_arrival_is_found()
    {
        new Stream(audit).WorkflowArrives(0, 0).CallArrives(3, 0).CallEnds(3, 0, 0, 1, 2, 3).CallArrives(3, 3);
        AssertFault("call 3 arrived twice", 3);
    }

    [Fact]
    public void An_end_without_arrival_is_found()
    {
        new Stream(audit).WorkflowArrives(0, 0).CallEnds(3, 0, 0, 1, 2, 3);
        AssertFault("call 3 ended, but never arrived", 3);
    }

    [Fact]
    public void A_call_of_an_unknown_workflow_is_found()
    {
        new Stream(audit).WorkflowArrives(0, 0).CallArrives(3, 0).CallEnds(3, 1, 0, 1, 2, 3);
        AssertFault("call 3 belongs to workflow 1, which never arrived", 3);
    }

    [Fact]
    public void Workflows_arrive_and_end_once()
    {
        new Stream(audit).WorkflowArrives(2, 0).WorkflowEnds(2, 0).WorkflowEnds(2, 1);
        AssertFault("workflow 2 ended twice", 1);
    }

    [Fact]
    public void Time_that_goes_back_is_found()
    {
        new Stream(audit).WorkflowArrives(0, 7).WorkflowArrives(1, 6);
        AssertFault("time went back from 7 ns to 6 ns", 7);
    }

    [Fact]
    public void An_end_of_the_run_before_its_last_event_is_found()
    {
        new Stream(audit).WorkflowArrives(0, 7);
        AssertFault("time went back from 7 ns to 6 ns", 6);
    }

    [Fact]
    public void A_nanosecond_breaks_littles_law()
    {
        // Call 0 arrived at 2, but its record says that it was ready at 3.
        new Stream(audit).WorkflowArrives(0, 0).CallArrives(0, 2).CallEnds(0, 0, ready: 3, scheduled: 3, first: 4, end: 9);
        AssertFault("Little's law: calls in the system, integrated over time, give 7 ns, but their records 6 ns", 9);
    }

    [Fact]
    public void Littles_law_is_exact_beyond_64_bits()
    {
        const long Year = 31_557_600_000_000_000;
        Stream stream = new Stream(audit).WorkflowArrives(0, 0);
        for (int tag = 0; tag < 1000; tag++)
        {
            stream.CallArrives(tag, tag);
        }
        for (int tag = 0; tag < 1000; tag++)
        {
            stream.CallEnds(tag, 0, ready: tag == 999 ? 998 : tag, scheduled: 5000, first: 6000, end: 200 * Year);
        }
        AssertFault(
            "Little's law: calls in the system, integrated over time, give 6311519999999999500500 ns, but their records 6311519999999999500501 ns",
            200 * Year);
    }

    [Fact]
    public void The_first_fault_is_told_and_the_others_are_counted()
    {
        new Stream(audit).WorkflowArrives(0, 0).CallArrives(0, 0).CallArrives(0, 0).CallArrives(1, 0).CallEnds(0, 0, 0, 0, 0, 0, output: 0, state: CallState.Cancelled);
        AssertFault("call 0 arrived twice (and 2 more)", 0);
    }

    [Theory]
    [InlineData("call 0 has no end", 1, 2, 3, -1, 10, 5, 0, CallState.Failed)]
    [InlineData("call 0 was never ready", -1, 2, 3, 9, 10, 5, 0, CallState.Finished)]
    [InlineData("call 0 has ready at 1 ns after scheduled at 0 ns", 1, 0, 3, 9, 10, 5, 0, CallState.Finished)]
    [InlineData("call 0 has scheduled at 4 ns after first token at 3 ns", 1, 4, 3, 9, 10, 5, 0, CallState.Finished)]
    [InlineData("call 0 has first token at 10 ns after end at 9 ns", 1, 2, 10, 9, 10, 5, 0, CallState.Finished)]
    [InlineData("call 0 has scheduled at 10 ns after end at 9 ns", 1, 10, -1, 9, 10, 0, 0, CallState.Cancelled)]
    [InlineData("call 0 has a first token at 3 ns, but was never scheduled", 1, -1, 3, 9, 10, 5, 0, CallState.Finished)]
    [InlineData("call 0 finished without output", 1, 2, -1, 9, 10, 0, 0, CallState.Finished)]
    [InlineData("call 0 has 5 output tokens and no first token", 1, 2, -1, 9, 10, 5, 0, CallState.Finished)]
    [InlineData("call 0 has 0 output tokens and a first token", 1, 2, 3, 9, 10, 0, 0, CallState.Cancelled)]
    [InlineData("call 0 found 10 of 10 prompt tokens in the cache; the last one is always computed", 1, 2, 3, 9, 10, 5, 10, CallState.Finished)]
    [InlineData("call 0 found 2 tokens in the cache, but was never scheduled", 1, -1, -1, 9, 10, 0, 2, CallState.Refused)]
    [InlineData("call 0 has 0 prompt, 5 output and 0 hit tokens and 0 preemptions", 1, 2, 3, 9, 0, 5, 0, CallState.Finished)]
    public void A_record_that_makes_no_sense_is_found(
        string fault, long ready, long scheduled, long first, long end, int prompt, int output, int hits, CallState state)
    {
        new Stream(audit).WorkflowArrives(0, 0).CallArrives(0, 1).CallEnds(0, 0, ready, scheduled, first, end, prompt, output, hits, state: state);
        Assert.StartsWith(fault, Assert.Throws<AuditException>(() => audit.Check(new(9))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_in_order_passes()
    {
        RunAudit.CheckEngine(new(Steps: 9, Tokens: 70, HitTokens: 30, ReleasedTokens: 100, HeldTokens: 0, Preemptions: 1), new(50, 50, 3, 4), running: 0);
        RunAudit.CheckEngine(new(Steps: 9, Tokens: 70, HitTokens: 30, ReleasedTokens: 80, HeldTokens: 20, Preemptions: 1), new(50, 48, 3, 4), running: 2);
    }

    [Theory]
    [InlineData("tokens: 70 computed and 30 found make 100, but 79 released and 20 held make 99", 79, 20, 48, 1)]
    [InlineData("nothing is running, but 2 of 50 blocks and 0 tokens are held", 100, 0, 48, 0)]
    [InlineData("nothing is running, but 0 of 50 blocks and 1 tokens are held", 99, 1, 50, 0)]
    [InlineData("blocks: 51 of 50 are free", 100, 0, 51, 0)]
    [InlineData("blocks: -1 of 50 are free", 80, 20, -1, 1)]
    public void An_engine_that_lost_tokens_or_blocks_is_found(string fault, long released, long held, int free, int running) =>
        Assert.Equal(fault, Assert.Throws<AuditException>(
            () => RunAudit.CheckEngine(new(9, 70, 30, released, held, 0), new(50, free, 0, 0), running)).Message);

    private void AssertFault(string message, long end) =>
        Assert.StartsWith(message, Assert.Throws<AuditException>(() => audit.Check(new(end))).Message, StringComparison.Ordinal);
}
