using System.Globalization;

namespace Cortex.Runtime.Tokenizers;

/// <summary>Reads what stands for one character in a pattern: a character, an escape, a set in brackets.</summary>
/// <param name="fault">Makes the error that says what is not supported.</param>
internal sealed class PatternSetParser(string pattern, int at, bool ignoreCase, Func<string, TokenizerException> fault)
{
    // The letters that fold to an ASCII letter without being its other case: long s and the kelvin sign.
    private static readonly (char Letter, int Also)[] Folded = [('s', 0x17F), ('k', 0x212A)];

    /// <summary>Where what was read ends.</summary>
    public int End { get; private set; } = at;

    private char Current => End < pattern.Length ? pattern[End] : '\0';

    public CharSet One()
    {
        switch (Current)
        {
            case '[':
                End++;
                return Bracket();
            case '.':
                End++;
                return CharSet.Of('\n').Negated();
            default:
                (CharSet? set, int c) = Item();
                return set ?? Range(c, c);
        }
    }

    private CharSet Bracket()
    {
        bool negated = Current == '^';
        End += negated ? 1 : 0;
        List<CharSet> sets = [];
        while (Current != ']' || sets.Count == 0)
        {
            if (End >= pattern.Length)
            {
                throw fault("a [ without its ]");
            }
            if (Current == '[' || string.CompareOrdinal(pattern, End, "&&", 0, 2) == 0)
            {
                throw fault("a set inside a set");
            }
            (CharSet? set, int first) = Item();
            if (set is null && Current == '-' && End + 1 < pattern.Length && pattern[End + 1] != ']')
            {
                End++;
                (CharSet? noEnd, int last) = Item();
                set = noEnd is null && first <= last ? Range(first, last) : throw fault("a range without an end");
            }
            sets.Add(set ?? Range(first, first));
        }
        End++;
        return new CharSet([], sets: [.. sets], negated: negated);
    }

    // A set, or a single character.
    private (CharSet? Set, int Character) Item()
    {
        int c = CodePoint.At(pattern, End);
        End += CodePoint.Length(c);
        if (c != '\\')
        {
            return (null, c);
        }
        char escaped = Current;
        End++;
        return escaped switch
        {
            'r' => (null, '\r'),
            'n' => (null, '\n'),
            't' => (null, '\t'),
            'f' => (null, '\f'),
            'v' => (null, '\v'),
            's' => (CharSet.WhiteSpace, 0),
            'S' => (CharSet.WhiteSpace.Negated(), 0),
            'd' => (CharSet.OfCategories(CharSet.CategoriesNamed("Nd")), 0),
            'D' => (CharSet.OfCategories(CharSet.CategoriesNamed("Nd")).Negated(), 0),
            'w' => (CharSet.Word, 0),
            'W' => (CharSet.Word.Negated(), 0),
            'p' or 'P' => (Property(escaped == 'P'), 0),
            'u' => (null, Hexadecimal(4)),
            'x' when Current == '{' => (null, Hexadecimal(pattern.IndexOf('}', End) - End)),
            'x' => (null, Hexadecimal(2)),
            _ when char.IsAscii(escaped) && escaped != '\0' && !char.IsAsciiLetterOrDigit(escaped) => (null, escaped),
            _ => throw fault($"'\\{escaped}'"),
        };
    }

    private CharSet Property(bool negated)
    {
        int close = Current == '{' ? pattern.IndexOf('}', End) : -1;
        string name = close < 0 ? "" : pattern[(End + 1)..close];
        bool caret = name.StartsWith('^');
        uint categories = CharSet.CategoriesNamed(caret ? name[1..] : name);
        if (categories == 0)
        {
            throw fault($"'\\p{{{name}}}'");
        }
        End = close + 1;
        CharSet set = CharSet.OfCategories(categories);
        return negated != caret ? set.Negated() : set;
    }

    private int Hexadecimal(int digits)
    {
        bool braces = Current == '{';
        ReadOnlySpan<char> text = digits > 0 && End + digits <= pattern.Length ? pattern.AsSpan(End + (braces ? 1 : 0), digits - (braces ? 1 : 0)) : default;
        End += digits + (braces ? 1 : 0);
        return int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) && value is >= 0 and <= 0x10FFFF
            ? value
            : throw fault("a wrong \\u or \\x");
    }

    private CharSet Range(int first, int last)
    {
        if (!ignoreCase)
        {
            return new CharSet([(first, last)]);
        }
        if (last > 127)
        {
            throw fault("a character beyond ASCII where case is ignored");
        }
        List<(int, int)> ranges = [(first, last)];
        for (int c = first; c <= last; c++)
        {
            int lower = c | 0x20;
            if (lower is < 'a' or > 'z' || c is < 'A')
            {
                continue;
            }
            ranges.AddRange([(lower, lower), (lower ^ 0x20, lower ^ 0x20)]);
            ranges.AddRange(Folded.Where(fold => fold.Letter == lower).Select(fold => (fold.Also, fold.Also)));
        }
        return new CharSet([.. ranges]);
    }
}
