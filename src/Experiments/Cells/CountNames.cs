namespace Cortex.Experiments.Cells;

/// <summary>Counts that tables show, by their column in <c>results.csv</c>.</summary>
public static class CountNames
{
    public const string Workflows = "workflows";
    public const string Calls = "calls";
    public const string Finished = "calls_finished";
    public const string Refused = "calls_refused";
    public const string Cancelled = "calls_cancelled";
    public const string Failed = "calls_failed";
    public const string Unfinished = "calls_unfinished";
    public const string RefusedForModelLength = "calls_refused_max_model_len";
    public const string RefusedForKvMemory = "calls_refused_kv_memory";
    public const string HeldByMemory = "calls_held_kv_memory";
    public const string HeldBySequences = "calls_held_max_num_seqs";
    public const string HeldByTokenBudget = "calls_held_token_budget";
    public const string Preemptions = "preemptions";

    /// <summary>Only of runs whose trace was read with <c>starts: recorded</c>.</summary>
    public const string HeldBack = "releases_held_back";

    /// <summary>How many values the percentiles of a family were taken from.</summary>
    public static string Samples(string family) => $"{family}_samples";
}
