using Cortex.Peers.Tests.Product;
using Cortex.Peers.Tests.Vllm;
using Cortex.Peers.Tests.Vllm.Random;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>The head of the queue, once found blocked, is tried again as soon as it could be admitted.</summary>
public sealed class VllmBlockedHeadTests
{
    private const int Trunk = 0, LeftBranch = 1, RightBranch = 2;

    private static readonly VllmResult Unknown = new(null, null, null, 0, null, 0);

    private static readonly VllmConfig Config = new()
    {
        BlockSize = 1, NumBlocks = 41, MaxNumBatchedTokens = 8, MaxNumSeqs = 16, MaxModelLen = 40, Policy = "priority",
    };

    /// <summary>
    /// In step 8 request 4 is blocked, its prefix lying in the free queue. In step 9 request 5 takes over a part of that prefix, which so
    /// no longer counts against the room; in step 10 as few blocks are free as before, but request 4 fits.
    /// </summary>
    [Fact]
    public void It_is_tried_again_when_another_call_has_taken_its_prefix_out_of_the_free_queue()
    {
        IReadOnlyList<VllmRequest> requests =
        [
            Request(0, arrival: 0, priority: 0, output: 1, (Trunk, 3), (LeftBranch, 2)),
            Request(1, arrival: 1, priority: 0, output: 1, (Trunk, 3), (RightBranch, 2)),
            Request(2, arrival: 2, priority: 0, output: 30, (10, 1)),
            Request(3, arrival: 2, priority: 0, output: 7, (11, 6)),
            Request(4, arrival: 8, priority: 5, output: 2, (Trunk, 3), (LeftBranch, 2), (12, 17)),
            Request(5, arrival: 9, priority: 1, output: 5, (Trunk, 3), (13, 7)),
        ];
        VllmLog log = VllmScenario.Record("a prefix taken over", new(new Version(0, 32), Config, requests, Never, Never));

        Assert.Equal(10, log.Steps.First(step => step.Rows?.Any(row => row.Text.StartsWith("(4 Admitted", StringComparison.Ordinal)) == true).Number);
        VllmComparison.AssertDecidesAs(log, new CoreVllm(log.Config, log.Release));
    }

    private static IReadOnlyDictionary<int, IReadOnlyList<int>> Never { get; } = new Dictionary<int, IReadOnlyList<int>>();

    private static VllmRequest Request(int id, int arrival, int priority, int output, params (int Segment, int Length)[] prompt) =>
        new(id, arrival, priority, output, [.. prompt.Select(piece => new VllmPiece(piece.Segment, piece.Length))], Unknown);
}
