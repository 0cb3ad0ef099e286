using Cortex.Policies;

namespace Cortex.Workloads.Tests;

/// <summary>
/// A backend for tests: calls and tools take a time of the test's choosing, and everything that the player tells is written down. The
/// test's own clock is a priority queue.
/// </summary>
internal sealed class Play
{
    private readonly PriorityQueue<int, (long Ns, int Order)> running = new();

    private Play(TracePlayer player, Func<int, long> durationNs, Func<int, int>? produced)
    {
        Player = player;
        PromptTokens = new int[player.Trace.NodeCount];
        Started = new long[player.Trace.NodeCount];
        Finished = new long[player.Trace.NodeCount];
        Run(durationNs, produced ?? (tag => player.NodeOf(tag).OutputTokens));
    }

    public TracePlayer Player { get; }

    /// <summary>All that the player told, in order.</summary>
    public List<PlayerEvent> Events { get; } = [];

    /// <summary>Calls and tools in the order of their end.</summary>
    public List<int> Ended { get; } = [];

    public int[] PromptTokens { get; }

    public long[] Started { get; }

    public long[] Finished { get; }

    /// <summary>Most workflows in flight at any time.</summary>
    public int MostInFlight { get; private set; }

    public static Play Instantly(ITrace trace, PlayerOptions options) => With(trace, options, _ => 0);

    public static Play With(ITrace trace, PlayerOptions options, Func<int, long> durationNs, Func<int, int>? produced = null) =>
        new(new TracePlayer(trace, options), durationNs, produced);

    public IEnumerable<PlayerEvent> Of(PlayerEventKind kind) => Events.Where(e => e.Kind == kind);

    private void Run(Func<int, long> durationNs, Func<int, int> produced)
    {
        int order = 0;
        int inFlight = 0;
        while (true)
        {
            long end = running.TryPeek(out _, out (long Ns, int) next) ? next.Ns : long.MaxValue;
            Instant now = new(Math.Min(end, Player.NextDue.Ns));
            if (now == Instant.Never)
            {
                return;
            }
            while (Player.TryNext(now, out PlayerEvent e))
            {
                Events.Add(e);
                switch (e.Kind)
                {
                    case PlayerEventKind.WorkflowArrived:
                        MostInFlight = Math.Max(MostInFlight, ++inFlight);
                        break;
                    case PlayerEventKind.WorkflowEnded:
                        inFlight--;
                        break;
                    default:
                        Started[e.Tag] = e.At.Ns;
                        if (e.Kind == PlayerEventKind.CallReady)
                        {
                            PromptTokens[e.Tag] = Player.Prompt(e.Tag, out int tokens).Sum(segment => segment.Length) is var sum && sum == tokens ? sum : -1;
                        }
                        running.Enqueue(e.Tag, (e.At.Ns + durationNs(e.Tag), order++));
                        break;
                }
            }
            while (running.TryPeek(out int tag, out (long Ns, int) due) && due.Ns <= now.Ns)
            {
                running.Dequeue();
                Finished[tag] = due.Ns;
                Ended.Add(tag);
                Player.NodeEnded(tag, now, produced(tag));
            }
        }
    }
}
