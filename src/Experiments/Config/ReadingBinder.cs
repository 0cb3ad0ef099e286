using Cortex.Workloads;

namespace Cortex.Experiments.Config;

/// <summary>Keys of section <c>workload</c> that say what to make of choices which the trace's format leaves.</summary>
internal static class ReadingBinder
{
    private static readonly string[] Starts = ["closed-loop", "recorded"];
    private static readonly string[] Turns = ["auto", "whole", "delta"];

    /// <exception cref="InputException">A value that cannot be used.</exception>
    public static TraceReadingOptions Bind(MapReader reader) => new()
    {
        Starts = (SessionStarts)Array.IndexOf(Starts, reader.Choice("starts", Starts, Starts[0])),
        ShareOpening = reader.Flag("share_opening", false),
        SpreadTicks = reader.Flag("spread", false),
        Turns = (MooncakeTurns)Array.IndexOf(Turns, reader.Choice("turns", Turns, Turns[0])),
        GlobalHashIds = reader.Flag("global_ids", false),
    };

    public static string NameOf(SessionStarts starts) => Starts[(int)starts];

    public static string NameOf(MooncakeTurns turns) => Turns[(int)turns];
}
