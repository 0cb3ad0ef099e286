using System.Text;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Unicode normalization form C: canonical decomposition, canonical order, canonical composition (UAX #15). Text in which nothing could
/// change comes back as it is.
/// </summary>
internal static class Nfc
{
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>Normalizes well-formed UTF-16.</summary>
    public static ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text)
    {
        // Below U+0300 every character is in normal form and no two compose.
        int first = text.IndexOfAnyInRange('\u0300', '\uFFFF');
        return first < 0 || IsNormal(text[first..]) ? text : Rewrite(text);
    }

    private static bool IsNormal(ReadOnlySpan<char> text)
    {
        for (int at = 0; at < text.Length;)
        {
            int code = CodePoint.At(text, at);
            if (code >= 0x300 && (CanonicalData.Instance.IsUnstable(code) || code is >= VowelFirst and < TailFirst + Tails))
            {
                return false;
            }
            at += CodePoint.Length(code);
        }
        return true;
    }

    private static string Rewrite(ReadOnlySpan<char> text)
    {
        CanonicalData data = CanonicalData.Instance;
        List<(int Code, int Class)> decomposed = new(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int code = CodePoint.At(text, at);
            at += CodePoint.Length(code);
            Decompose(data, code, decomposed);
        }
        Order(decomposed);
        Compose(data, decomposed);
        StringBuilder composed = new(text.Length);
        foreach ((int code, _) in decomposed)
        {
            composed.Append(char.ConvertFromUtf32(code));
        }
        return composed.ToString();
    }

    private static void Decompose(CanonicalData data, int code, List<(int Code, int Class)> into)
    {
        int syllable = code - HangulFirst;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            into.Add((LeadFirst + (syllable / (Vowels * Tails)), 0));
            into.Add((VowelFirst + (syllable / Tails % Vowels), 0));
            if (syllable % Tails != 0)
            {
                into.Add((TailFirst + (syllable % Tails), 0));
            }
        }
        else if (data.TryDecompose(code, out (int First, int Second) parts))
        {
            Decompose(data, parts.First, into);
            if (parts.Second >= 0)
            {
                into.Add((parts.Second, data.ClassOf(parts.Second)));
            }
        }
        else
        {
            into.Add((code, data.ClassOf(code)));
        }
    }

    // Runs of combining characters by their class, equal ones as they came. A stable sort of each run, so that a long one costs n log n.
    private static void Order(List<(int Code, int Class)> text)
    {
        for (int start = 0; start < text.Count; start++)
        {
            int end = start;
            bool ordered = true;
            while (end < text.Count && text[end].Class != 0)
            {
                ordered &= end == start || text[end - 1].Class <= text[end].Class;
                end++;
            }
            if (!ordered)
            {
                (int, int)[] run = [.. text[start..end].OrderBy(mark => mark.Class)];
                for (int i = 0; i < run.Length; i++)
                {
                    text[start + i] = run[i];
                }
            }
            start = end;
        }
    }

    private static void Compose(CanonicalData data, List<(int Code, int Class)> text)
    {
        int starter = -1, kept = 0, lastClass = -1;   // lastClass: of the last character kept after the starter; -1 if there is none
        for (int i = 0; i < text.Count; i++)
        {
            (int code, int combining) = text[i];
            if (starter >= 0 && lastClass < combining && TryCompose(data, text[starter].Code, code, out int whole))
            {
                text[starter] = (whole, 0);
                continue;
            }
            (starter, lastClass) = combining == 0 ? (kept, -1) : (starter, combining);
            text[kept++] = (code, combining);
        }
        text.RemoveRange(kept, text.Count - kept);
    }

    private static bool TryCompose(CanonicalData data, int first, int second, out int whole)
    {
        (int lead, int vowel, int syllable, int tail) = (first - LeadFirst, second - VowelFirst, first - HangulFirst, second - TailFirst);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            whole = HangulFirst + (((lead * Vowels) + vowel) * Tails);
            return true;
        }
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
        {
            whole = first + tail;
            return true;
        }
        return data.TryCompose(first, second, out whole);
    }
}
