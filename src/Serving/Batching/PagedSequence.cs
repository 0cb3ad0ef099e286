using Cortex.Policies;
using Cortex.Serving.Kv;

namespace Cortex.Serving.Batching;

/// <summary>
/// A sequence over paged KV. While it is <em>steady</em> (one token in every step) its counters follow from the engine's
/// <see cref="DecodeClock"/>, so that a step need not visit it.
/// </summary>
internal sealed class PagedSequence(DecodeClock clock) : Sequence
{
    private int computed;
    private int produced;
    private int ahead;

    public BlockTable Table { get; } = new();

    /// <summary>Value of <see cref="DecodeClock.Planned"/> when it became steady.</summary>
    public long JoinedAt { get; private set; }

    /// <summary>Where the first block without a key begins in its tokens.</summary>
    public TokenCursor KeyCursor;

    /// <summary>Prompt and output tokens at which it ends by length.</summary>
    public int MaxTotal { get; set; }

    public bool IsSteady { get; private set; }
    public bool IsRunning { get; set; }

    /// <summary>Left the engine; kept until the results of its steps in flight have come.</summary>
    public bool IsGone { get; set; }

    /// <summary>Stands on the list of those whose results have come, while results are delivered.</summary>
    public bool IsLookedAt { get; set; }

    /// <summary>Tokens scheduled by rows of its own (not as a steady decode) whose result is still to come.</summary>
    public int InFlight { get; set; }

    /// <summary>Tokens in flight that were scheduled before its last preemption.</summary>
    public int Stale { get; set; }

    /// <summary>Order of schedule-in: place in the running list.</summary>
    public long RunOrder { get; set; }

    /// <summary>Number of the last step that scheduled it by a full scan of the running list.</summary>
    public long ScannedIn { get; set; }

    /// <summary>When it got its latest token; while it is steady that is <see cref="DecodeClock.DeliveredAt"/>, once it has got one as such.</summary>
    public Instant LastToken { get; set; }

    /// <summary>Value of <see cref="DecodeClock.Planned"/> after the step that computes its last token; meaningful while steady.</summary>
    public long EndTick { get; private set; }

    public int PromptTokens => Request.PromptTokens;
    public override int BlockCount => Table.Blocks;
    public override int Computed => IsSteady ? computed + (int)(clock.Planned - JoinedAt) : computed;
    public override int Produced => IsSteady ? produced + (int)Math.Max(0, clock.Delivered - JoinedAt) : produced;

    /// <summary>Prompt tokens and delivered output tokens.</summary>
    public int Known => PromptTokens + Produced;

    /// <summary>Output tokens scheduled to be sampled, not yet delivered.</summary>
    public int Ahead => IsSteady ? Computed + 1 - Known : ahead;

    /// <summary>Its last token is in flight.</summary>
    public bool LastIsAhead => Ahead > 0 && Known + Ahead >= MaxTotal;

    public override void CopyBlockTable(Span<int> target) => Table.CopyTo(target);

    /// <summary>Neighbours in the running list, and in the list of the loose or the ring of the steady: see <see cref="RunningSet"/>.</summary>
    internal Neighbours Run, Group;

    /// <summary>Place in the heap that holds it: the waiting queue, or the steady by their ends; −1 in none.</summary>
    internal int HeapIndex = -1;

    /// <summary>Stands for this call from now on: new to the engine, in no list and without blocks.</summary>
    public void Begin(CallRequest request, long arrivalNumber, long key, int maxTotal)
    {
        Begin(request, arrivalNumber, key);
        computed = 0;
        produced = 0;
        ahead = 0;
        JoinedAt = 0;
        KeyCursor = new(request.Prompt, request.Output);
        MaxTotal = maxTotal;
        IsGone = false;
        InFlight = 0;
        Stale = 0;
        RunOrder = 0;
        LastToken = Instant.Zero;
        ScannedIn = 0;
        EndTick = 0;
    }

    /// <summary>A row of its own: <paramref name="tokens"/> scheduled, with a token to come if it <paramref name="yields"/>.</summary>
    public void Schedule(int tokens, bool yields)
    {
        computed += tokens;
        InFlight += tokens;
        ahead += yields ? 1 : 0;
    }

    /// <summary>Starts with KV for <paramref name="tokens"/> found in the cache.</summary>
    public void StartAt(int tokens) => computed = tokens;

    /// <summary>The token of a row of its own has come.</summary>
    public void Deliver(bool stale)
    {
        produced++;
        ahead -= stale ? 0 : 1;
    }

    /// <summary>From the next step on it decodes one token a step.</summary>
    public void Join()
    {
        JoinedAt = clock.Planned;
        EndTick = JoinedAt + (MaxTotal - 1 - computed);
        IsSteady = true;
    }

    /// <summary>Back to counters of its own.</summary>
    public void Loosen()
    {
        InFlight += SteadyInFlight;
        LastToken = clock.Delivered > JoinedAt ? clock.DeliveredAt : LastToken;
        int allAhead = Ahead;
        produced = Produced;
        computed = Computed;
        ahead = allAhead;
        IsSteady = false;
    }

    /// <summary>Loses its KV and what was to come; delivered tokens stay.</summary>
    public void Restart()
    {
        LostTokens = Math.Max(LostTokens, computed);
        computed = 0;
        ahead = 0;
        Stale = InFlight;
        Preemptions++;
        KeyCursor = new(Request.Prompt, Request.Output);
    }

    /// <summary>Tokens whose KV is computed, those in flight left out.</summary>
    public int ComputedAndBack => Computed - InFlight - (IsSteady ? SteadyInFlight : 0);

    /// <summary>Steps in flight that it takes part in as a steady decode.</summary>
    private int SteadyInFlight => (int)(clock.Planned - Math.Max(clock.Delivered, JoinedAt));

    /// <summary>Residue of <see cref="DecodeClock.Planned"/> at which it computes the first token of a block.</summary>
    public int RingPlace(int blockSize)
    {
        long place = (JoinedAt - computed) % blockSize;
        return (int)(place < 0 ? place + blockSize : place);
    }
}

/// <summary>Counts the steps of an engine that steady sequences took part in: planned, and delivered.</summary>
internal sealed class DecodeClock
{
    public long Planned;
    public long Delivered;

    /// <summary>When the newest result came.</summary>
    public Instant DeliveredAt;
}
