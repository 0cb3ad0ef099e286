namespace Cortex.Serving.Journal;

/// <summary>What a record of a journal holds. The numbers are part of the format.</summary>
public enum JournalRecordKind : byte
{
    /// <summary>The first record, and only it: how the core was made.</summary>
    Header = 0,

    /// <summary>A fact was taken in.</summary>
    Fact = 1,

    /// <summary>A batch of facts was closed.</summary>
    Settle = 2,

    /// <summary>The core decided.</summary>
    Decision = 3,

    /// <summary>The run is over; nothing follows.</summary>
    End = 4,
}
