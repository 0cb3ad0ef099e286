using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>A call inside an engine. Dialects derive their own from it, and may use it for one call after another.</summary>
public abstract class Sequence
{
    private Instant setBackAt = Instant.Never;

    /// <summary>What the client asked for.</summary>
    public CallRequest Request { get; internal set; } = null!;

    /// <summary>Order of arrival at the core.</summary>
    public long ArrivalNumber { get; internal set; }

    /// <summary>The fleet's name for it while it is inside.</summary>
    public CallId Id { get; internal set; }

    /// <summary>The engine that it was routed to.</summary>
    public WorkerId Worker { get; internal set; }

    /// <summary>Key given by the scheduling policy; smaller goes first.</summary>
    public long Key { get; internal set; }

    /// <summary>Tokens delivered so far.</summary>
    public abstract int Produced { get; }

    /// <summary>Tokens whose KV is computed or in flight.</summary>
    public abstract int Computed { get; }

    /// <summary>Prompt tokens found in the cache at the first admission.</summary>
    public int FirstHitTokens { get; internal set; }

    public int Preemptions { get; internal set; }

    /// <summary>What it waited for before it was scheduled in, each time.</summary>
    public HoldReasons HeldBy { get; internal set; }

    /// <summary>Times of the call's life so far.</summary>
    public Instant Ready { get; internal set; }

    public Instant Scheduled { get; internal set; } = Instant.Never;
    public Instant FirstToken { get; internal set; } = Instant.Never;

    /// <summary>A preemption took KV that has not been computed again.</summary>
    public bool IsSetBack => setBackAt != Instant.Never;

    /// <summary>Tokens with KV that it had when it was last set back.</summary>
    internal int LostTokens { get; private protected set; }

    internal Duration Lost { get; private set; }
    internal Duration LostInPrefill { get; private set; }

    /// <summary>Blocks in its block table.</summary>
    public abstract int BlockCount { get; }

    /// <summary>Writes the block ids in order of position. <paramref name="target"/> holds at least <see cref="BlockCount"/>.</summary>
    public abstract void CopyBlockTable(Span<int> target);

    /// <summary>Stands for this call from now on; nothing is left of an earlier one.</summary>
    private protected void Begin(CallRequest request, long arrivalNumber, long key)
    {
        Request = request;
        ArrivalNumber = arrivalNumber;
        Id = default;
        Worker = default;
        Key = key;
        FirstHitTokens = 0;
        Preemptions = 0;
        HeldBy = HoldReasons.None;
        Ready = Instant.Zero;
        Scheduled = Instant.Never;
        FirstToken = Instant.Never;
        setBackAt = Instant.Never;
        LostTokens = 0;
        Lost = Duration.Zero;
        LostInPrefill = Duration.Zero;
    }

    /// <summary>It was preempted. One that had not come back from the last time yet goes on losing time from then on.</summary>
    internal void SetBack(Instant now) => setBackAt = IsSetBack ? setBackAt : now;

    /// <summary>It stands where it stood before, or has ended.</summary>
    internal void CatchUp(Instant now)
    {
        if (IsSetBack)
        {
            Instant prefillEnd = FirstToken < now ? FirstToken : now;
            Lost += now - setBackAt;
            LostInPrefill += prefillEnd > setBackAt ? prefillEnd - setBackAt : Duration.Zero;
            setBackAt = Instant.Never;
            LostTokens = 0;
        }
    }
}
