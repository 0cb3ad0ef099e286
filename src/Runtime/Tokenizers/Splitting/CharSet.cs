using System.Globalization;

namespace Cortex.Runtime.Tokenizers;

/// <summary>A set of code points: ranges, general categories, other sets; or all that are not among these.</summary>
internal sealed class CharSet
{
    private const uint Letters = 0b11111, Marks = 0b111 << 5, Numbers = 0b111 << 8;

    /// <summary>Unicode white space (<c>\s</c>): U+0085 and U+3000 are in it, U+001C to U+001F and U+200B are not.</summary>
    public static readonly CharSet WhiteSpace = new(
        [(0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
            (0x205F, 0x205F), (0x3000, 0x3000)]);

    /// <summary>Numeric characters of all scripts: Nd, Nl, No (<c>\p{N}</c>).</summary>
    public static readonly CharSet Numeric = OfCategories(Numbers);

    /// <summary>Characters of words (<c>\w</c>): letters, marks, decimal digits, connecting punctuation.</summary>
    public static readonly CharSet Word = OfCategories(
        Letters | Marks | Bit(UnicodeCategory.DecimalDigitNumber) | Bit(UnicodeCategory.ConnectorPunctuation));

    private readonly (int First, int Last)[] _ranges;
    private readonly CharSet[] _sets;
    private readonly uint _categories;
    private readonly bool _negated;
    private readonly UInt128 _ascii;   // of the final answer, by code point

    /// <param name="categories">A bit for each <see cref="UnicodeCategory"/>.</param>
    public CharSet((int First, int Last)[] ranges, uint categories = 0, CharSet[]? sets = null, bool negated = false)
    {
        (_ranges, _categories, _sets, _negated) = (ranges, categories, sets ?? [], negated);
        for (int c = 0; c < 128; c++)
        {
            _ascii |= Holds(c) ? UInt128.One << c : 0;
        }
    }

    public static CharSet Of(int codePoint) => new([(codePoint, codePoint)]);

    public static CharSet OfCategories(uint categories) => new([], categories);

    public CharSet Negated() => new([], sets: [this], negated: true);

    /// <summary>The categories that a name means, such as <c>L</c> (all letters) or <c>Lu</c>; 0 if it means none.</summary>
    public static uint CategoriesNamed(string name)
    {
        string[] names =
        [
            "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe",
            "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
        ];
        uint bits = 0;
        for (int i = 0; i < names.Length; i++)
        {
            bits |= names[i] == name || (name.Length == 1 && names[i][0] == name[0]) ? 1u << i : 0;
        }
        return bits;
    }

    public bool Contains(int codePoint) => codePoint < 128 ? (_ascii >> codePoint & 1) != 0 : Holds(codePoint);

    private bool Holds(int codePoint)
    {
        foreach ((int first, int last) in _ranges)
        {
            if (codePoint >= first && codePoint <= last)
            {
                return !_negated;
            }
        }
        if (_categories != 0 && (_categories & Bit(CharUnicodeInfo.GetUnicodeCategory(codePoint))) != 0)
        {
            return !_negated;
        }
        foreach (CharSet set in _sets)
        {
            if (set.Contains(codePoint))
            {
                return !_negated;
            }
        }
        return _negated;
    }

    private static uint Bit(UnicodeCategory category) => 1u << (int)category;
}
