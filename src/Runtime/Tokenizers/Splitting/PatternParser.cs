using System.Globalization;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Compiles the regular expressions by which tokenizers split text: alternatives, groups, sets, look-ahead, and repeated characters. They
/// are written for Oniguruma in its Ruby syntax, and mean here what they mean there, over code points; .NET's own would count an astral
/// letter as two characters that are no letters. What these patterns do not use is refused by name.
/// </summary>
internal sealed class PatternParser
{
    private const int MaximalDepth = 50;
    private const int MaximalRepeat = 1000;

    private readonly string _pattern;
    private readonly string _place;
    private int _at;
    private int _depth;
    private bool _ignoreCase;

    private PatternParser(string pattern, string place) => (_pattern, _place) = (pattern, place);

    // A part of a pattern: given what follows it, its node.
    private delegate PatternNode Part(PatternNode next);

    /// <summary>Compiles a pattern.</summary>
    /// <param name="place">File and place in it, for messages.</param>
    /// <exception cref="TokenizerException">The pattern is wrong, or uses something not known here.</exception>
    public static PatternNode Compile(string pattern, string place)
    {
        PatternParser parser = new(pattern, place);
        Part whole = parser.Alternatives();
        return parser._at == pattern.Length ? whole(new AcceptNode()) : throw parser.Fault("an unmatched )");
    }

    private bool AtEnd => _at == _pattern.Length;

    private char Current => AtEnd ? '\0' : _pattern[_at];

    private Part Alternatives()
    {
        if (++_depth > MaximalDepth)
        {
            throw Fault($"groups nested deeper than {MaximalDepth}");
        }
        List<Part> branches = [Sequence()];
        while (Take("|"))
        {
            branches.Add(Sequence());
        }
        _depth--;
        return branches.Count == 1 ? branches[0] : next => new EitherNode([.. branches.Select(branch => branch(next))]);
    }

    private Part Sequence()
    {
        List<Part> parts = [];
        while (!AtEnd && Current is not ('|' or ')'))
        {
            parts.Add(Repeated());
        }
        return next =>
        {
            for (int i = parts.Count - 1; i >= 0; i--)
            {
                next = parts[i](next);
            }
            return next;
        };
    }

    private Part Repeated()
    {
        (Part? part, CharSet? set) = Atom();
        if (Quantifier() is not var (least, most, possessive))
        {
            return part ?? (next => new OneNode(set!, next));
        }
        if (set is not null)
        {
            return next => new ManyNode(set, least, most, possessive, next);
        }
        return (least, most, possessive) == (0, 1, false)
            ? next => new EitherNode([part!(next), next])
            : throw Fault("a group that is repeated otherwise than by ?");
    }

    private (int Least, int Most, bool Possessive)? Quantifier()
    {
        (int Least, int Most)? range = Current switch
        {
            '?' => (0, 1),
            '*' => (0, int.MaxValue),
            '+' => (1, int.MaxValue),
            _ => null,
        };
        bool counted = false;
        if (range is not null)
        {
            _at++;
        }
        else if (Current == '{')
        {
            (range, counted) = (Counted(), true);
        }
        else
        {
            return null;
        }
        bool possessive = !counted && Take("+");
        // After {n,m} a plus means, in this syntax, that all of it is repeated.
        return Current is '?' or '*' or '+'
            ? throw Fault($"'{_pattern[_at - 1]}{Current}'")
            : (range.Value.Least, range.Value.Most, possessive);
    }

    private (int Least, int Most) Counted()
    {
        _at++;
        int? least = Number();
        int? most = Take(",") ? Number() ?? int.MaxValue : least;
        return Take("}") && most is not null && (least ?? 0) <= most ? (least ?? 0, most.Value) : throw Fault("a { that is no {n}, {n,} or {n,m}");
    }

    private int? Number()
    {
        int start = _at;
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
        return start == _at ? null
            : int.TryParse(_pattern.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MaximalRepeat ? value
            : throw Fault($"a count above {MaximalRepeat}");
    }

    private (Part? Part, CharSet? Set) Atom()
    {
        if (Take("(?!"))
        {
            return (Ahead(wanted: false), null);
        }
        if (Take("(?="))
        {
            return (Ahead(wanted: true), null);
        }
        if (Take("(?i:"))
        {
            return (Group(ignoreCase: true), null);
        }
        if (Take("(?:"))
        {
            return (Group(_ignoreCase), null);
        }
        if (Current == '(' && _at + 1 < _pattern.Length && _pattern[_at + 1] == '?')
        {
            throw Fault($"'{_pattern.AsSpan(_at, Math.Min(4, _pattern.Length - _at))}'");
        }
        if (Take("("))
        {
            return (Group(_ignoreCase), null);   // what it captures is of no use to a split
        }
        if (Take("$"))
        {
            return (next => new LineEndNode(next), null);
        }
        if (Current is '*' or '+' or '?' or '^' or '{')
        {
            throw Fault($"'{Current}'");
        }
        PatternSetParser sets = new(_pattern, _at, _ignoreCase, Fault);
        CharSet set = sets.One();
        _at = sets.End;
        return (null, set);
    }

    private Part Group(bool ignoreCase)
    {
        bool outside = _ignoreCase;
        _ignoreCase = ignoreCase;
        Part inside = Alternatives();
        _ignoreCase = outside;
        return Take(")") ? inside : throw Fault("a ( without its )");
    }

    private Part Ahead(bool wanted)
    {
        Part inside = Group(_ignoreCase);
        return next => new AheadNode(inside(new AcceptNode()), wanted, next);
    }

    private bool Take(string text)
    {
        bool here = string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;
        _at += here ? text.Length : 0;
        return here;
    }

    private TokenizerException Fault(string what) => new(_place, $"pattern {_pattern} has {what} at character {_at + 1}, which is not supported");
}
