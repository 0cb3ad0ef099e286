namespace Cortex.Workloads;

/// <summary>Reads <c>1, 22, 333]</c>.</summary>
internal static class IdList
{
    /// <summary>Longest number that cannot overflow.</summary>
    private const int MostDigits = 19;

    /// <param name="text">What follows the opening bracket.</param>
    /// <param name="into">Where the numbers go; as it was if the text is not of this form.</param>
    /// <returns>Place of the closing bracket; 0 if the text is of another form, or the list is empty.</returns>
    public static int Read(ReadOnlySpan<byte> text, List<ulong> into)
    {
        int before = into.Count;
        int at = 0;
        while (true)
        {
            at = SkipBlanks(text, at);
            int first = at;
            ulong value = 0;
            while (at < text.Length && (uint)(text[at] - '0') <= 9)
            {
                value = value * 10 + (uint)(text[at++] - '0');
            }
            int digits = at - first;
            at = SkipBlanks(text, at);
            // Numbers with leading zeros are no JSON.
            bool number = digits is > 0 and <= MostDigits && (text[first] != '0' || digits == 1);
            if (!number || at >= text.Length || text[at] is not ((byte)',' or (byte)']'))
            {
                into.RemoveRange(before, into.Count - before);
                return 0;
            }
            into.Add(value);
            if (text[at] == ']')
            {
                return at;
            }
            at++;
        }
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            at++;
        }
        return at;
    }
}
