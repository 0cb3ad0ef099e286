namespace Cortex.Serving.Decisions;

/// <summary>One decision of the core.</summary>
/// <param name="Source">Index of the engine that decided, or −1 for the fleet.</param>
/// <param name="Axis">What it was about.</param>
/// <param name="Call">Arrival number of the call.</param>
/// <param name="Answer">See <see cref="DecisionAxis"/>.</param>
/// <param name="Options">How many answers were open.</param>
public readonly record struct Decision(int Source, DecisionAxis Axis, long Call, long Answer, int Options);

/// <summary>Listens to every decision as it is taken: a journal, or a replay that compares.</summary>
public interface IDecisionSink
{
    /// <param name="decision">The decision.</param>
    /// <param name="blocks">Block ids that it gave out.</param>
    void Decided(in Decision decision, ReadOnlySpan<int> blocks);
}
