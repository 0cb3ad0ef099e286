namespace Cortex.Workloads;

/// <summary>What a reader may make of a trace where the format leaves a choice. The defaults are those of the formats' own documents.</summary>
public sealed record TraceReadingOptions
{
    /// <summary>The defaults.</summary>
    public static TraceReadingOptions Default { get; } = new();

    /// <summary>WEKA: what releases a request.</summary>
    public SessionStarts Starts { get; init; }

    /// <summary>
    /// agentic_mooncake: true takes block ids as the whole file's, whatever <c>hash_id_scope</c> says, as AISimulate does; false respects it.
    /// </summary>
    public bool GlobalHashIds { get; init; }

    /// <summary>
    /// WEKA: true makes the whole blocks inside a prompt's first <c>tool_tokens</c> + <c>system_tokens</c> tokens one stream for all sessions
    /// with the same two numbers, though their ids differ from session to session.
    /// </summary>
    public bool ShareOpening { get; init; }

    /// <summary>Mooncake: true spreads the rows of one recorded tick evenly over it, 3 s at most.</summary>
    public bool SpreadTicks { get; init; }

    /// <summary>Mooncake with sessions: what a later turn's row tells of its prompt.</summary>
    public MooncakeTurns Turns { get; init; }

    /// <summary>Choices that were made though the format does not have them are told, not passed over.</summary>
    /// <param name="format">See <see cref="Workload.Format"/>.</param>
    /// <param name="file">The file as the user named it.</param>
    /// <exception cref="TraceException">The format does not have a choice that differs from the default.</exception>
    internal void Demand(string format, string file)
    {
        (string Choice, bool Made, string Format)[] choices =
        [
            ("starts: recorded", Starts != SessionStarts.ClosedLoop, "weka"), ("share_opening", ShareOpening, "weka"), ("spread", SpreadTicks, "mooncake"),
            ("turns", Turns != MooncakeTurns.Auto, "mooncake"), ("global_ids", GlobalHashIds, "agentic-mooncake"),
        ];
        foreach ((string choice, bool made, string owner) in choices)
        {
            if (made && owner != format)
            {
                throw new TraceException(file, 0, $"{choice} was asked for, which the format {format} does not have", $"{choice} with traces of the format {owner}");
            }
        }
    }

    /// <summary>True keeps what only describes, such as models, lanes and measured times, beside what a play needs.</summary>
    internal bool KeepDetails { get; init; }
}

/// <summary>What releases the requests of a recorded session.</summary>
public enum SessionStarts : byte
{
    /// <summary>The end of the request before and the recorded gap.</summary>
    ClosedLoop,

    /// <summary>The same, but never before the recorded start: a faster engine does not make the session faster there.</summary>
    Recorded,
}

/// <summary>What the rows of later turns hold in a Mooncake trace with sessions.</summary>
public enum MooncakeTurns : byte
{
    /// <summary>Found from the rows: whole prompts if any turn repeats the first block of the turn before.</summary>
    Auto,

    /// <summary>The whole prompt.</summary>
    Whole,

    /// <summary>Only what is new; before it come the prompt and the output of the turn before.</summary>
    Delta,
}
