using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Checks that hold for every run, on both backends: each call ends in exactly one state, time does not go back, records make sense, and
/// Little's law holds to the nanosecond. It keeps the first fault and throws at the end, so that a live run is not torn down half-way.
/// </summary>
public sealed class RunAudit : IServingObserver
{
    private readonly LifeCycles calls = new("call");
    private readonly LifeCycles workflows = new("workflow");
    private Instant now = Instant.Zero;
    private Int128 area;
    private Int128 sojourn;
    private long unfinished;
    private string? firstFault;
    private long faults;

    public void WorkflowArrived(int tag, Instant at)
    {
        Advance(at);
        Note(workflows.Arrive(tag));
    }

    public void WorkflowEnded(int tag, Instant at)
    {
        Advance(at);
        Note(workflows.End(tag));
    }

    public void CallArrived(int tag, Instant at)
    {
        Advance(at);
        Note(calls.Arrive(tag));
    }

    public void CallEnded(in CallRecord record)
    {
        // An unfinished call may have no end: it is in the system until the run is ended.
        bool stays = record.End == Instant.Never;
        if (!stays)
        {
            Advance(record.End);
        }
        if (RecordRules.Fault(record) is { } fault)
        {
            Note(Named(record.Tag, fault));
        }
        if (!workflows.HasArrived(record.WorkflowTag))
        {
            Note(WithoutWorkflow(record));
        }
        Note(calls.End(record.Tag));
        unfinished += stays ? 1 : 0;
        sojourn += (stays ? 0 : (Int128)record.End.Ns) - record.Ready.Ns;
    }

    /// <summary>Ends a run: closes its core, and checks all calls and workflows and the books of every engine.</summary>
    /// <param name="core">The core that the audit has observed.</param>
    /// <param name="end">When the run is ended, not before its last event.</param>
    /// <exception cref="AuditException">As <see cref="Check"/> and <see cref="CheckEngine"/>.</exception>
    public void Close(ServingCore core, Instant end)
    {
        core.Close(end);
        Check(end);
        foreach (EngineCore engine in core.Engines)
        {
            CheckEngine(engine.Totals, engine.Kv, engine.Running);
        }
    }

    /// <summary>To be called when the run is over and every call has its record.</summary>
    /// <param name="end">When the run was ended, not before its last event.</param>
    /// <exception cref="AuditException">Something is wrong; the message tells the first fault, in order of time, and how many more there are.</exception>
    public void Check(Instant end)
    {
        Advance(end);
        Note(calls.StillOpen());
        // Both sides are what the calls spent in the system: summed over time, and call by call.
        sojourn += unfinished * (Int128)end.Ns;
        unfinished = 0;
        if (area != sojourn)
        {
            Note(LittlesLaw());
        }
        if (firstFault is not null)
        {
            throw new AuditException(faults == 1 ? firstFault : $"{firstFault} (and {faults - 1} more)");
        }
    }

    /// <summary>Checks an engine's books: tokens are conserved, and so are blocks once nothing is running.</summary>
    /// <param name="totals">What the engine has done.</param>
    /// <param name="kv">Its memory now.</param>
    /// <param name="running">Calls that it is running now.</param>
    /// <exception cref="AuditException">Something is wrong; the message tells what.</exception>
    public static void CheckEngine(EngineTotals totals, KvState kv, int running)
    {
        long came = totals.Tokens + totals.HitTokens;
        long went = totals.ReleasedTokens + totals.HeldTokens;
        if (came != went)
        {
            throw new AuditException(TokensLost(totals));
        }
        if (kv.Free < 0 || kv.Free > kv.Total)
        {
            throw new AuditException(TooManyFree(kv));
        }
        if (running == 0 && (kv.Free != kv.Total || totals.HeldTokens != 0))
        {
            throw new AuditException(HeldByNobody(totals, kv));
        }
    }

    private void Advance(Instant at)
    {
        if (at < now)
        {
            Note(TimeWentBack(at));
            return;
        }
        area += (calls.Open + unfinished) * (Int128)(at - now).Ns;
        now = at;
    }

    private void Note(string? fault)
    {
        if (fault is not null)
        {
            firstFault ??= fault;
            faults++;
        }
    }

    // Faults are put into words by methods of their own, which a run without a fault never has compiled.

    private static string Named(int tag, string fault) => $"call {tag} {fault}";

    private static string WithoutWorkflow(in CallRecord record) => $"call {record.Tag} belongs to workflow {record.WorkflowTag}, which never arrived";

    private string TimeWentBack(Instant at) => $"time went back from {now.Ns} ns to {at.Ns} ns";

    private string LittlesLaw() => $"Little's law: calls in the system, integrated over time, give {area} ns, but their records {sojourn} ns";

    private static string TokensLost(in EngineTotals totals) =>
        $"tokens: {totals.Tokens} computed and {totals.HitTokens} found make {totals.Tokens + totals.HitTokens}, "
        + $"but {totals.ReleasedTokens} released and {totals.HeldTokens} held make {totals.ReleasedTokens + totals.HeldTokens}";

    private static string TooManyFree(in KvState kv) => $"blocks: {kv.Free} of {kv.Total} are free";

    private static string HeldByNobody(in EngineTotals totals, in KvState kv) =>
        $"nothing is running, but {kv.Total - kv.Free} of {kv.Total} blocks and {totals.HeldTokens} tokens are held";
}
