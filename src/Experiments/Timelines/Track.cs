namespace Cortex.Experiments.Timelines;

/// <summary>Where spans of a timeline stand: a thread of a process, as the trace-event format calls them. Spans of one track nest.</summary>
internal readonly record struct Track(int Process, int Thread);
