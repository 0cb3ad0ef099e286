using System.Buffers;
using System.Runtime.InteropServices;

namespace Cortex.Serving;

/// <summary>
/// Sorts times. By digits, since comparing costs several times as much where a run has thousands of calls and each of its times is sorted once.
/// </summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    // Below, comparing is quicker than counting.
    private const int Few = 256;

    /// <param name="values">None below 0; sorted in place.</param>
    public static void Sort(Span<long> values)
    {
        if (values.Length < Few)
        {
            values.Sort();
            return;
        }
        long used = 0;
        foreach (long value in values)
        {
            used |= value;
        }
        Span<int> places = stackalloc int[Digits];
        Span<long> from = values;
        long[] rented = ArrayPool<long>.Shared.Rent(values.Length);
        Span<long> to = rented.AsSpan(0, values.Length);
        for (int shift = 0; shift < 63 && used >> shift != 0; shift += DigitBits)
        {
            places.Clear();
            foreach (long value in from)
            {
                places[Digit(value, shift)]++;
            }
            int place = 0;
            foreach (ref int count in places)
            {
                (count, place) = (place, place + count);
            }
            foreach (long value in from)
            {
                to[places[Digit(value, shift)]++] = value;
            }
            Span<long> swapped = from;
            from = to;
            to = swapped;
        }
        if (from != values)
        {
            from.CopyTo(values);
        }
        ArrayPool<long>.Shared.Return(rented);
    }

    /// <param name="values">None below 0, and all of them numbers: the order of their bits is then that of their values.</param>
    public static void Sort(Span<double> values) => Sort(MemoryMarshal.Cast<double, long>(values));

    private static int Digit(long value, int shift) => (int)(value >> shift) & (Digits - 1);
}
