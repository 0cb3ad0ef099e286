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
    public readonly List<WekaRequest> Requests = [];
    public readonly List<(int First, int Count)> Ranges = [];

    public void Clear()
    {
        Id = null;
        BlockSize = 0;
        Local = null;
        Lanes = 0;
        Requests.Clear();
        Ranges.Clear();
    }
}
