using System.Globalization;
using System.Text;
using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Policies.Registry;
using Cortex.Runtime.Clients;
using Cortex.Runtime.Engines;
using Cortex.Serving;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Cortex.Serving.Parity;
using Cortex.Sim.Parity;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Runtime.Tests;

/// <summary>A live run: what goes in, and all that comes out.</summary>
internal sealed record LiveCase
{
    public required Workload Workload { get; init; }
    public required PlayerOptions Player { get; init; }
    public required EngineSettings Engine { get; init; }
    public int Engines { get; init; } = 2;
    public string Routing { get; init; } = "least-work";
    public LiveOptions Options { get; init; } = new();
    public Func<int, IStepTimes> Times { get; init; } = worker => new DrawnStepTimes(1, worker, new(5_000), new(60_000));

    /// <summary>Hears what the journal hears, and passes it on.</summary>
    public Func<ICoreTap, ICoreTap> Tap { get; init; } = journal => journal;

    /// <summary>What engines do; a null engine of <see cref="Times"/> unless said otherwise.</summary>
    public Func<int, LiveEngine>? Device { get; init; }

    /// <summary>Two small engines, more calls than they can take, and clients who give up.</summary>
    public static LiveCase Crowded(int calls, bool asynchronous) => new()
    {
        Workload = Requests(calls, gap: 0.000_010, mostPrompt: 160, mostOutput: 40),
        Player = new() { Closed = false },
        Engine = Small(asynchronous),
        Options = new() { GiveUps = new(Seed: 3, Share: 0.2, MostTokens: 20, MostWait: new(40_000_000)) },
    };

    /// <summary>
    /// A user who sends one call after another, so that each is alone on the cluster, however slow the machine is. Lengths are declared, since
    /// whether an asynchronous engine has begun one step too many when a stop token comes is a matter of microseconds.
    /// </summary>
    public static LiveCase FarApart(int workflows, bool asynchronous) => new()
    {
        Workload = Requests(workflows, gap: 0, mostPrompt: 160, mostOutput: 40),
        Player = new() { Closed = true, Load = 1, DeclareMax = true },
        Engine = Small(asynchronous) with { NumBlocks = 31 },
        Routing = "round-robin",
    };

    private static EngineSettings Small(bool asynchronous) => new()
    {
        Name = "engine",
        BlockSize = 8,
        NumBlocks = 121,
        MaxNumBatchedTokens = 512,
        MaxNumSeqs = 24,
        MaxModelLen = 256,
        SchedulerReserveFullIsl = false,
        AsyncScheduling = asynchronous,
    };

    /// <summary>Calls of their own that come as fast as <paramref name="gap"/> says, in seconds of the trace.</summary>
    public static Workload Requests(int count, double gap, int mostPrompt, int mostOutput)
    {
        RandomStream draw = new(7, "requests");
        StringBuilder csv = new("id,arrived_at,prompt_tokens,output_tokens\n");
        for (int id = 0; id < count; id++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{id},{id * gap:F6},{1 + draw.NextInt(mostPrompt)},{1 + draw.NextInt(mostOutput)}\n");
        }
        return TraceFile.Load(Encoding.UTF8.GetBytes(csv.ToString()), "requests.csv");
    }

    public LiveResult Run(CancellationToken cancellation = default)
    {
        ServingSettings settings = new()
        {
            Engines = [.. Enumerable.Repeat(Engine, Engines)],
            Stages = Workload.Stages,
            CallStages = [.. Workload.Nodes.Where(node => node.Kind == NodeKind.Llm).Select(node => node.Stage).Distinct().OrderBy(stage => stage.Value)],
            Seed = 1,
            RepeatSteps = false,
        };
        PolicySet policies = new PolicyRegistry().Build(
            new Dictionary<string, PolicyRequest> { ["routing"] = new(Routing, new Dictionary<string, string>()) });
        MemoryStream journal = new();
        MetricsCollector metrics = new();
        LiveBackend live;
        Instant end = Instant.Zero;
        Exception? fault = null;
        using (JournalWriter writer = new(journal, JournalHeader.Of(settings, policies), ahead: true))
        {
            live = new(
                settings, policies, new TracePlayer(Workload, Player), [.. Enumerable.Range(0, Engines).Select(Device ?? (worker => new NullEngine(Times(worker))))], metrics, Options, Tap(writer));
            try
            {
                end = live.Run(cancellation);
            }
            catch (Exception caught)
            {
                fault = caught;
            }
        }
        return new(live, journal.ToArray(), metrics.Summarise(end, default), fault);
    }
}

/// <summary>What a live run left behind.</summary>
internal sealed record LiveResult(LiveBackend Live, byte[] Journal, RunSummary Metrics, Exception? Fault)
{
    public JournalReader Open() => new(new MemoryStream(Journal));

    public ReplayResult Replay()
    {
        using JournalReader reader = Open();
        return JournalReplay.Run(reader, new PolicyRegistry());
    }

    public RecordedRun Record()
    {
        using JournalReader reader = Open();
        RecordedRun recorded = RecordedRun.Read(reader, new PolicyRegistry(), out ReplayResult replay);
        Assert.True(replay.IsIdentical, replay.Difference?.ToString());
        return recorded;
    }

    /// <summary>Beside the run's decisions, those of a free simulation.</summary>
    /// <param name="steps">How long each step of each engine takes.</param>
    public DecisionComparison Simulate(Func<RecordedRun, IReadOnlyList<IReadOnlyList<Duration>>> steps)
    {
        RecordedRun recorded = Record();
        return DecisionComparison.Of(recorded.Decisions, FreeSimulation.Run(recorded, steps(recorded), new PolicyRegistry()));
    }
}
