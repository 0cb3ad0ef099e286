namespace Cortex.Workloads;

/// <summary>A request of a session as the line has it.</summary>
internal struct WekaRequest
{
    public int PromptTokens;
    public int OutputTokens;

    /// <summary>Gap between the end of the request before and this one.</summary>
    public long ThinkNs;

    /// <summary>The gap is a tool's, not a person's.</summary>
    public bool AfterTool;

    /// <summary>Recorded start: of the main agent's requests from the session's start, of a sub-agent's as its entry has it.</summary>
    public long StartNs;

    /// <summary>How long the provider took.</summary>
    public long ApiNs;

    /// <summary>Time to the first token; null if not recorded.</summary>
    public long? TtftNs;

    /// <summary>What is kept beside a play only.</summary>
    public string? Model;
    public string? Stop;
    public bool? Streamed;

    /// <summary>Number of the sub-agent within the session that it belongs to; −1 for the main agent.</summary>
    public int Lane;

    public int FirstRange;
    public int RangeCount;
}

/// <summary>A session's line, parsed but not yet laid out; reused for each line.</summary>
internal sealed class WekaSession
{
    public string? Id;
    public int BlockSize;
    public bool? Local;
    public int Lanes;
    public int ToolTokens;
    public int SystemTokens;
    /// <summary>By lane: when its sub-agent began, and what kind it was.</summary>
    public readonly List<(long StartNs, string? Kind)> LaneStarts = [];

    public readonly List<WekaRequest> Requests = [];
    public readonly List<(int First, int Count)> Ranges = [];

    public void Clear()
    {
        Id = null;
        BlockSize = 0;
        Local = null;
        Lanes = ToolTokens = SystemTokens = 0;
        LaneStarts.Clear();
        Requests.Clear();
        Ranges.Clear();
    }
}
