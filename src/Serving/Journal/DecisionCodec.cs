using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>A decision as a record.</summary>
internal static class DecisionCodec
{
    public static void Write(RecordEncoder target, in Decision decision, ReadOnlySpan<int> blocks)
    {
        target.Int32(decision.Source);
        target.Byte((byte)decision.Axis);
        target.Int64(decision.Call);
        target.Int64(decision.Answer);
        target.Int32(decision.Options);
        target.Int32s(blocks);
    }

    /// <param name="blocks">Is filled with the blocks that it gave out.</param>
    /// <exception cref="FormatException">The record is no decision.</exception>
    public static Decision Read(ref RecordDecoder source, List<int> blocks)
    {
        int from = source.Int32();
        var axis = (DecisionAxis)source.Byte();
        if (!Enum.IsDefined(axis))
        {
            throw new FormatException($"no axis has the number {(byte)axis}");
        }
        Decision decision = new(from, axis, source.Int64(), source.Int64(), source.Int32());
        blocks.Clear();
        int count = source.Count(sizeof(int));
        for (int i = 0; i < count; i++)
        {
            blocks.Add(source.Int32());
        }
        return decision;
    }
}
