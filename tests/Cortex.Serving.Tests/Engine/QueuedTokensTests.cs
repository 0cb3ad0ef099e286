using Cortex.Policies;
using Xunit;

namespace Cortex.Serving.Tests.Engine;

/// <summary>What routing policies are told of the tokens that an engine has still to compute.</summary>
public sealed class QueuedTokensTests
{
    private const int Prompt = 10;

    private readonly EngineCore engine = new(
        new() { Name = "engine", AsyncScheduling = true, BlockSize = 16, NumBlocks = 100, MaxNumSeqs = 8, MaxNumBatchedTokens = 100, MaxModelLen = 1_000 },
        VictimOrder.YoungestAdmission);

    [Fact]
    public void A_call_whose_last_token_is_in_flight_waits_for_nothing()
    {
        Enqueue(maxTokens: 1);
        Assert.Equal(Prompt, engine.QueuedPrefillTokens);
        engine.Plan();
        Assert.Equal(0, engine.QueuedPrefillTokens);
    }

    [Fact]
    public void What_is_left_of_a_long_prompt_is_still_to_be_computed()
    {
        Enqueue(maxTokens: 1, prompt: 150);
        engine.Plan();
        Assert.Equal(50, engine.QueuedPrefillTokens);
    }

    [Fact]
    public void Many_calls_that_end_in_one_step_end_in_the_order_of_their_admission()
    {
        const int Calls = 8;
        for (int call = 0; call < Calls; call++)
        {
            Enqueue(maxTokens: 1, tag: call, key: Calls - call);
        }
        engine.Plan();
        List<Sequence> ended = [];
        engine.Deliver(count: 1, Instant.Zero, stopped: [], ended);
        Assert.Equal(Enumerable.Range(0, Calls).Reverse(), ended.Select(sequence => sequence.Request.Tag));
    }

    private void Enqueue(int maxTokens, int tag = 0, long key = 0, int prompt = Prompt) => engine.Enqueue(
        new()
        {
            Tag = tag,
            WorkflowTag = tag,
            Stage = default,
            Prompt = [new(new(2 * tag), 0, prompt)],
            PromptTokens = prompt,
            MaxTokens = maxTokens,
            Output = new(2 * tag + 1),
        },
        tag, key);
}
