namespace Cortex.Workloads;

/// <summary>Reads <c>1, 22, 333]</c>.</summary>
internal static class IdList
{
    /// <param name="text">What follows the opening bracket.</param>
    /// <param name="into">Where the numbers go; as it was if the text is not of this form.</param>
    /// <returns>Place of the closing bracket; 0 if the text is of another form, or the list is empty.</returns>
    public static int Read(ReadOnlySpan<byte> text, List<ulong> into)
    {
        int before = into.Count;
        int at = 0;
        while (PlainNumber.TryRead(text, ref at, out ulong value) && at < text.Length && text[at] is ((byte)',' or (byte)']'))
        {
            into.Add(value);
            if (text[at] == ']')
            {
                return at;
            }
            at++;
        }
        into.RemoveRange(before, into.Count - before);
        return 0;
    }
}
