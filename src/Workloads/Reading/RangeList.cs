namespace Cortex.Workloads;

/// <summary>Reads <c>[1, 380], [900, 2]]</c>.</summary>
internal static class RangeList
{
    /// <param name="text">What follows the opening bracket.</param>
    /// <param name="into">Where the ranges go; as it was if the text is not of this form.</param>
    /// <returns>Place of the closing bracket; 0 if the text is of another form, or the list is empty.</returns>
    public static int Read(ReadOnlySpan<byte> text, List<(int First, int Count)> into)
    {
        int before = into.Count;
        int at = 0;
        while (PlainNumber.TryPass(text, ref at, '[')
            && PlainNumber.TryRead(text, ref at, out ulong first) && PlainNumber.TryPass(text, ref at, ',')
            && PlainNumber.TryRead(text, ref at, out ulong count) && PlainNumber.TryPass(text, ref at, ']')
            && first <= int.MaxValue && count is > 0 and <= int.MaxValue)
        {
            into.Add(((int)first, (int)count));
            int end = at;
            if (PlainNumber.TryPass(text, ref end, ']'))
            {
                return end - 1;
            }
            if (!PlainNumber.TryPass(text, ref at, ','))
            {
                break;
            }
        }
        into.RemoveRange(before, into.Count - before);
        return 0;
    }
}
