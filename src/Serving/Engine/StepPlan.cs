using Cortex.Policies;

namespace Cortex.Serving;

public enum RowKind : byte
{
    /// <summary>A call that was running before this step.</summary>
    Running,

    /// <summary>First schedule-in.</summary>
    Admitted,

    /// <summary>Schedule-in after a preemption.</summary>
    Resumed,
}

/// <summary>One call in a step. Only rows that differ from a plain decode are listed in a plan.</summary>
/// <param name="Sequence">Whose row.</param>
/// <param name="Kind">How it came into the step.</param>
/// <param name="Computed">Tokens that had KV before the step; for admissions the hit tokens.</param>
/// <param name="Tokens">Tokens computed in this step.</param>
/// <param name="Yields">Whether the step gives it a token.</param>
/// <param name="NewBlocks">Blocks it took in this step: the last so many of its block table.</param>
public readonly record struct StepRow(Sequence Sequence, RowKind Kind, int Computed, int Tokens, bool Yields, int NewBlocks);

/// <summary>
/// One step of an engine. Steady decodes are not listed: a sequence yields one token in every step from the one after
/// <see cref="Joined"/> named it until <see cref="Left"/> names it. So a plan costs what changed, not what runs.
/// </summary>
public sealed class StepPlan
{
    /// <summary>Steps of this engine, from 1; a run of repeated steps takes as many numbers.</summary>
    public long Number { get; internal set; }

    /// <summary>Tokens computed in the step.</summary>
    public int Tokens { get; internal set; }

    /// <summary>Σ over all rows of computed + tokens.</summary>
    public long Context { get; internal set; }

    /// <summary>Rows that compute exactly the one token they lack: decodes.</summary>
    public int DecodeSequences { get; internal set; }

    /// <summary>Σ over decode rows of the tokens known so far, the one being computed included.</summary>
    public long DecodeContext { get; internal set; }

    /// <summary>
    /// Tokens in blocks of several block tables, once for each table beyond the first, when the step was formed; 0 or more. Counted over all running calls:
    /// those of prefills, and those whose last token is in flight, among them. The same in every step of a run.
    /// </summary>
    public long SharedTokens { get; internal set; }

    /// <summary>Rows that compute prompt (or recompute lost) tokens.</summary>
    public List<PrefillChunk> Prefills { get; } = [];

    /// <summary>Rows other than steady decodes, in the order of the running list.</summary>
    public List<StepRow> Rows { get; } = [];

    /// <summary>Steady decodes that took one new block in this step, the last of their block table, in the order of the running list.</summary>
    public List<Sequence> Grown { get; } = [];

    /// <summary>Become steady with this step: from the next step on one token a step.</summary>
    public List<Sequence> Joined { get; } = [];

    /// <summary>No longer steady: they have no part in this step unless a row names them.</summary>
    public List<Sequence> Left { get; } = [];

    /// <summary>In order of preemption.</summary>
    public List<Sequence> Preempted { get; } = [];

    /// <summary>How many more steps of the same rows may follow at once while nothing new comes up; 0 if none.</summary>
    public int RepeatLimit { get; internal set; }

    /// <summary>Nothing to compute.</summary>
    public bool IsEmpty => Tokens == 0;

    /// <summary>Steady decodes in the step.</summary>
    internal int Steady { get; set; }

    /// <summary>Steps that steady sequences took part in, up to the end of this one.</summary>
    internal long Tick { get; set; }

    /// <summary>Were steady in this step and have left the steady since, before its result came: looked at one by one then.</summary>
    internal List<Sequence> Detached { get; } = [];

    internal void Clear()
    {
        Tokens = 0;
        Context = 0;
        DecodeSequences = 0;
        DecodeContext = 0;
        SharedTokens = 0;
        RepeatLimit = 0;
        Prefills.Clear();
        Rows.Clear();
        Grown.Clear();
        Joined.Clear();
        Left.Clear();
        Preempted.Clear();
        Detached.Clear();
    }
}
