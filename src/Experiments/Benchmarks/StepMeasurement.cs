using System.Diagnostics;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Benchmarks;

/// <summary>
/// What a step costs when nothing in it changes but the sequences' lengths: an engine by itself, without a clock, planned and delivered step
/// by step (no runs of equal steps) while all sequences decode amid a block. A small and a large batch take turns.
/// </summary>
internal sealed class StepMeasurement : IMeasurement
{
    /// <summary>Nanoseconds of a step with 8 sequences.</summary>
    public const string Small = "step_8_ns";

    /// <summary>Nanoseconds of a step with 1,024.</summary>
    public const string Large = "step_1024_ns";

    // Long blocks, so that a stretch amid one is long against the resolution of the clock.
    private const int BlockSize = 1024;
    private const int Prompt = 64;
    private const int Stretch = BlockSize - 128;
    private const int Rounds = 200;
    private const int WarmRounds = 100;

    public string Name => "step";

    public string? Missing(BenchPlaces places) => null;

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        var small = new Batch(8);
        var large = new Batch(1024);
        var smallTimes = new double[Rounds];
        var largeTimes = new double[Rounds];
        for (int round = -WarmRounds; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            int at = Math.Max(round, 0);
            smallTimes[at] = small.StretchAmidBlock();
            largeTimes[at] = large.StretchAmidBlock();
        }
        return new(StringComparer.Ordinal) { [Small] = Median.Of(smallTimes), [Large] = Median.Of(largeTimes) };
    }

    private sealed class Batch
    {
        private readonly EngineCore engine;
        private readonly List<Sequence> stopped = [];
        private readonly List<Sequence> ended = [];

        public Batch(int size)
        {
            const int Tokens = (Rounds + WarmRounds + 1) * BlockSize;
            engine = new EngineCore(
                new()
                {
                    Name = "engine",
                    AsyncScheduling = false,
                    BlockSize = BlockSize,
                    NumBlocks = (size * (Tokens / BlockSize + 1)) + 1,
                    MaxNumSeqs = size,
                    MaxNumBatchedTokens = size * Prompt,
                    MaxModelLen = Tokens,
                },
                VictimOrder.YoungestAdmission);
            for (int call = 0; call < size; call++)
            {
                engine.Enqueue(
                    new()
                    {
                        Tag = call,
                        WorkflowTag = call,
                        Stage = default,
                        Prompt = [new(new(2 * call), 0, Prompt)],
                        PromptTokens = Prompt,
                        MaxTokens = Tokens,
                        Output = new((2 * call) + 1),
                    },
                    call, call);
            }
            Steps(1);
        }

        /// <summary>Nanoseconds of a step, on average over a stretch; afterwards the same place in the next block is reached.</summary>
        public double StretchAmidBlock()
        {
            long start = Stopwatch.GetTimestamp();
            Steps(Stretch);
            double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            Steps(BlockSize - Stretch);
            return nanoseconds / Stretch;
        }

        private void Steps(int count)
        {
            for (int step = 0; step < count; step++)
            {
                engine.Plan();
                engine.Deliver(count: 1, Instant.Zero, stopped, ended);
            }
        }
    }
}
