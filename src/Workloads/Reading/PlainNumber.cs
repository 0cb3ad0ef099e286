using System.Runtime.CompilerServices;

namespace Cortex.Workloads;

/// <summary>
/// Numbers as traces mostly have them, digits alone, read without the generality of JSON. What is written otherwise is left to the general
/// way, which knows all forms and all faults.
/// </summary>
internal static class PlainNumber
{
    /// <summary>Longest number that cannot overflow.</summary>
    private const int MostDigits = 19;

    /// <summary>Passes over blanks, a whole number, and blanks.</summary>
    /// <param name="text">Where it stands.</param>
    /// <param name="at">From where; then, behind it.</param>
    /// <param name="value">The number.</param>
    /// <returns>False if there is no such number, or it would be none in JSON.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Once for each id of a trace.
    public static bool TryRead(ReadOnlySpan<byte> text, ref int at, out ulong value)
    {
        SkipBlanks(text, ref at);
        int first = at;
        value = 0;
        while (at < text.Length && IsDigit(text[at]))
        {
            value = value * 10 + (uint)(text[at++] - '0');
        }
        int digits = at - first;
        SkipBlanks(text, ref at);
        // Numbers with leading zeros are no JSON.
        return digits is > 0 and <= MostDigits && (text[first] != '0' || digits == 1);
    }

    /// <summary>Passes over blanks and one character. False if it is another.</summary>
    public static bool TryPass(ReadOnlySpan<byte> text, ref int at, char character)
    {
        SkipBlanks(text, ref at);
        return at < text.Length && text[at++] == character;
    }

    /// <summary>Nanoseconds of a number of JSON such as <c>19.25</c>; null unless it is short and they are whole.</summary>
    public static long? Nanoseconds(ReadOnlySpan<byte> number, long unitNs)
    {
        if (number.Length >= MostDigits)
        {
            return null;
        }
        long value = 0, parts = 1;
        bool fraction = false;
        foreach (byte character in number)
        {
            if (IsDigit(character))
            {
                value = value * 10 + (character - '0');
                parts *= fraction ? 10 : 1;
            }
            else if (character == '.' && !fraction)
            {
                fraction = true;
            }
            else
            {
                return null;
            }
        }
        if (value > long.MaxValue / unitNs)
        {
            return null;
        }
        (long ns, long rest) = Math.DivRem(value * unitNs, parts);
        return rest == 0 ? ns : null;
    }

    private static bool IsDigit(byte character) => (uint)(character - '0') <= 9;

    private static void SkipBlanks(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            at++;
        }
    }
}
