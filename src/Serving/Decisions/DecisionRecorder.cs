namespace Cortex.Serving.Decisions;

/// <summary>
/// The decisions of one engine or of the fleet: counted, mixed into a fingerprint, and told to the sink. The fingerprint covers axis, call,
/// answer and block ids, but no time and no step without change, so that taking many steps in one go does not alter it.
/// </summary>
/// <param name="source">Index of the engine, or −1 for the fleet.</param>
/// <param name="sink">Told of every decision, if there is one.</param>
internal sealed class DecisionRecorder(int source, IDecisionSink? sink)
{
    private static readonly int Axes = Enum.GetValues<DecisionAxis>().Length;
    private readonly long[] counts = new long[Axes];
    private readonly long[] choices = new long[Axes];

    /// <summary>Mix over all decisions so far; 0 before the first.</summary>
    public ulong Fingerprint { get; private set; }

    public long Count(DecisionAxis axis) => counts[(int)axis];

    /// <summary>Decisions among two answers or more.</summary>
    public long Choices(DecisionAxis axis) => choices[(int)axis];

    public void Record(DecisionAxis axis, long call, long answer, ReadOnlySpan<int> blocks, int options)
    {
        counts[(int)axis]++;
        choices[(int)axis] += options > 1 ? 1 : 0;
        ulong mix = DecisionMix.Add(Fingerprint, ((ulong)call << 3) | (ulong)axis);
        mix = DecisionMix.Add(mix, (ulong)answer);
        foreach (int block in blocks)
        {
            mix = DecisionMix.Add(mix, (ulong)block);
        }
        Fingerprint = mix;
        sink?.Decided(new(source, axis, call, answer, options), blocks);
    }
}
