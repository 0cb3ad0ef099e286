using Cortex.Policies;
using Cortex.Runtime.Tools;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Runtime.Clients;

/// <summary>
/// The clients and tools of a live run, played by the clock on the core's own thread: what the trace player says is due, tools that end,
/// clients that give up. Holds the truth of where calls end.
/// </summary>
internal sealed class LiveClients
{
    private readonly TracePlayer player;
    private readonly GiveUpOptions? giveUps;
    private readonly ToolThreads? threads;
    private readonly PriorityQueue<Due, (long Ns, long Order)> due = new();

    /// <summary>Of calls that are waited for: tokens after which the client has seen enough.</summary>
    private readonly Dictionary<int, int> patience = [];
    private readonly List<(int Tag, ToolRun Run)> toRun = [];
    private long order;
    private int openTools;
    private int open;

    public LiveClients(TracePlayer player, GiveUpOptions? giveUps, ToolThreads? threads)
    {
        this.player = player;
        this.giveUps = giveUps;
        this.threads = threads;
        Lengths = new(tag => Math.Min(patience[tag], player.NodeOf(tag).OutputTokens));
    }

    /// <summary>Where calls end: by a stop token, or because the client leaves.</summary>
    public TrueLengths Lengths { get; }

    /// <summary>Tools that were really run.</summary>
    public ToolTally Tally { get; } = new();

    /// <summary>When something is due by itself next.</summary>
    public Instant NextDue => due.TryPeek(out _, out (long Ns, long Order) first) && first.Ns < player.NextDue.Ns ? new(first.Ns) : player.NextDue;

    /// <summary>See <see cref="TracePlayer.Deadline"/>.</summary>
    public Instant Deadline => player.Deadline;

    /// <summary>Nothing is due any more but clients who would give up calls that have ended.</summary>
    public bool AreDone => player.NextDue == Instant.Never && openTools == 0 && (due.Count == 0 || open == 0);

    /// <summary>The next thing that is due at or before <paramref name="now"/>, as a fact: first tools and clients who give up, then the player.</summary>
    /// <param name="now">Time.</param>
    /// <param name="maxTokens">Largest prompt and output together that can be served, by stage.</param>
    /// <param name="fact">The fact, stamped with <paramref name="now"/>.</param>
    public bool TryNext(Instant now, Func<StageId, int> maxTokens, out Fact fact)
    {
        while (due.TryPeek(out Due next, out (long Ns, long Order) at) && at.Ns <= now.Ns)
        {
            due.Dequeue();
            if (next.IsTool)
            {
                openTools--;
                fact = new() { Kind = FactKind.ToolFinished, At = now, Tag = next.Tag, Outcome = player.NodeOf(next.Tag).Outcome };
                player.NodeEnded(next.Tag, now);
                return true;
            }
            if (patience.ContainsKey(next.Tag))
            {
                fact = new() { Kind = FactKind.Cancelled, At = now, Tag = next.Tag };
                return true;
            }
        }
        if (!player.TryNext(now, out PlayerEvent played))
        {
            fact = default;
            return false;
        }
        fact = played.Kind switch
        {
            PlayerEventKind.WorkflowArrived => new() { Kind = FactKind.WorkflowArrived, At = now, Tag = played.Tag },
            PlayerEventKind.WorkflowEnded => new() { Kind = FactKind.WorkflowEnded, At = now, Tag = played.Tag },
            PlayerEventKind.ToolReady => new() { Kind = FactKind.ToolArrived, At = now, Tag = played.Tag },
            _ => new() { Kind = FactKind.CallArrived, At = now, Call = Send(played.Tag, now, maxTokens) },
        };
        return true;
    }

    /// <summary>A tool begins: really, where the trace says what it does and it is run (see <see cref="RunTools"/>); else it takes as long as the trace says.</summary>
    public void StartTool(int tag, Instant now)
    {
        openTools++;
        if (threads is not null && player.RunOf(tag) is { } run)
        {
            toRun.Add((tag, run));
            return;
        }
        due.Enqueue(new(tag, IsTool: true), ((now + player.TimeOf(tag)).Ns, order++));
    }

    /// <summary>Lets go the tools that are really run. The batch of facts in which they began has been closed: what they do to others must not be lost with a journal's buffer.</summary>
    public void RunTools()
    {
        foreach ((int tag, ToolRun run) in toRun)
        {
            threads!.Start(tag, run);
        }
        toRun.Clear();
    }

    /// <summary>A tool that was really run has ended. How it came out decides which way its workflow goes.</summary>
    /// <returns>The fact, stamped with <paramref name="now"/>.</returns>
    public Fact ToolEnded(int tag, ToolResult result, Instant now)
    {
        openTools--;
        ushort outcome = Tally.Add(player, tag, result);
        player.ToolEnded(tag, outcome, now);
        return new() { Kind = result.Failed ? FactKind.ToolFailed : FactKind.ToolFinished, At = now, Tag = tag, Outcome = outcome };
    }

    /// <summary>
    /// The call has got its last token. True if that was a stop token; false if its client has seen enough, and gives up as soon as it can.
    /// </summary>
    public bool Stops(int tag, Instant now)
    {
        if (patience[tag] >= player.NodeOf(tag).OutputTokens)
        {
            return true;
        }
        due.Enqueue(new(tag, IsTool: false), (now.Ns + 1, order++));
        return false;
    }

    public void Respond(in CallRecord record, Instant now)
    {
        patience.Remove(record.Tag);
        Lengths.Forget(record.Tag);
        open--;
        if (record.State != CallState.Unfinished)
        {
            player.NodeEnded(record.Tag, now, record.State == CallState.Finished ? record.OutputTokens : null);
        }
    }

    private CallRequest Send(int tag, Instant now, Func<StageId, int> maxTokens)
    {
        Patience own = Patience.Of(tag, giveUps);
        patience.Add(tag, own.Tokens);
        Lengths.Begin(tag);
        open++;
        if (own.Wait is { } wait)
        {
            due.Enqueue(new(tag, IsTool: false), ((now + wait).Ns, order++));
        }
        return player.Request(tag, maxTokens(player.NodeOf(tag).Stage));
    }

    /// <summary>What is due: the end of a tool, or a client who gives up.</summary>
    private readonly record struct Due(int Tag, bool IsTool);
}
