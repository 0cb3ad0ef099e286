namespace Cortex.Serving.Dialects.Vllm;

/// <summary>The releases of vLLM that changed the rules of its scheduler (docs/dialects/vllm-v1.md), and what each brought.</summary>
public static class VllmReleases
{
    /// <summary><c>scheduler_reserve_full_isl</c> (rule 9), on by default.</summary>
    public static readonly Version ReserveFullIsl = new(0, 19);

    /// <summary><c>watermark</c> (rule 9).</summary>
    public static readonly Version Watermark = new(0, 24);

    /// <summary>Blocks without a key go to the head of the free queue (rule 14), and a victim before the scan always moves the scan with it (rule 4).</summary>
    public static readonly Version KeylessFirst = new(0, 28);

    /// <summary>A lone call is exempt from the cap, which may be adaptive (rule 2); <c>max_num_active_seqs</c> (rule 6).</summary>
    public static readonly Version FairCap = new(0, 31);

    /// <summary>The settings as the release that they name reads them. What it does not have yet is off, whatever the settings say.</summary>
    internal static EngineSettings Read(EngineSettings settings) => settings with
    {
        SchedulerReserveFullIsl = settings.SchedulerReserveFullIsl && settings.Release >= ReserveFullIsl,
        Watermark = settings.Release >= Watermark ? settings.Watermark : 0,
        LongPrefillTokenThresholdAdaptive = settings.LongPrefillTokenThresholdAdaptive && settings.Release >= FairCap,
        MaxNumActiveSeqs = settings.Release >= FairCap ? settings.MaxNumActiveSeqs : null,
    };
}
