using System.Numerics;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Python's arithmetic: integers without bounds, truth values that count as 0 and 1, floor division.</summary>
internal static class Numbers
{
    private const int MaximalRepeat = 1_000_000;
    private const int MaximalPower = 1_000;

    public static bool IsNumber(object? value) => value is bool or long or BigInteger or double;

    public static int Compare(object? left, object? right) =>
        left is double || right is double ? ToDouble(left).CompareTo(ToDouble(right)) : ToInteger(left).CompareTo(ToInteger(right));

    public static double ToDouble(object? value) => value is double number ? number : (double)ToInteger(value);

    public static BigInteger ToInteger(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        long number => number,
        BigInteger number => number,
        _ => throw new TemplateFault($"{PythonText.Repr(value)} is no whole number"),
    };

    /// <summary>A whole number that fits an index or a count.</summary>
    public static int ToIndex(object? value) => ToInteger(value) is var number && number >= int.MinValue && number <= int.MaxValue
        ? (int)number
        : throw new TemplateFault($"{number} is too large");

    /// <summary>A long where it fits.</summary>
    public static object Normal(BigInteger number) => number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;

    public static object? Negate(object? value) => value is double number ? -number
        : IsNumber(value) ? Normal(-ToInteger(value))
        : throw new TemplateFault((value as Undefined)?.Message ?? $"bad operand type for unary -: '{PythonType.NameOf(value)}'");

    public static object? Calculate(string sign, object? left, object? right)
    {
        if (sign == "*" && (left ?? right) is not null && (Repeated(left, right) ?? Repeated(right, left)) is { } repeated)
        {
            return repeated;
        }
        if (sign == "%" && left is string)
        {
            throw new TemplateFault("formatting by % is not supported; allowed: ~ or +");
        }
        if (!IsNumber(left) || !IsNumber(right))
        {
            throw Operations.Mismatch(
                left, right, $"unsupported operand type(s) for {sign}: '{PythonType.NameOf(left)}' and '{PythonType.NameOf(right)}'");
        }
        return sign == "/" || left is double || right is double || (sign == "**" && ToInteger(right) < 0)
            ? Floats(sign, ToDouble(left), ToDouble(right))
            : Normal(Integers(sign, ToInteger(left), ToInteger(right)));
    }

    private static object? Repeated(object? value, object? count)
    {
        if (count is not (bool or long) || value is not (string or List<object?>))
        {
            return null;
        }
        int times = Math.Max(0, ToIndex(count));
        return times * Operations.Length(value) > MaximalRepeat ? throw new TemplateFault($"a repeat longer than {MaximalRepeat}")
            : value is string text ? string.Concat(Enumerable.Repeat(text, times))
            : Enumerable.Repeat((List<object?>)value, times).SelectMany(items => items).ToList();
    }

    private static double Floats(string sign, double left, double right)
    {
        if (right == 0 && sign is "/" or "//" or "%")
        {
            throw new TemplateFault("division by zero");
        }
        return sign switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => left / right,
            "//" => Math.Floor(left / right),
            "%" => left - (right * Math.Floor(left / right)),
            _ => Math.Pow(left, right),
        };
    }

    private static BigInteger Integers(string sign, BigInteger left, BigInteger right)
    {
        if (right.IsZero && sign is "//" or "%")
        {
            throw new TemplateFault(sign == "%" ? "integer modulo by zero" : "integer division or modulo by zero");
        }
        switch (sign)
        {
            case "+":
                return left + right;
            case "-":
                return left - right;
            case "*":
                return left * right;
            case "**":
                return right <= MaximalPower && BigInteger.Abs(left) <= long.MaxValue
                    ? BigInteger.Pow(left, (int)right)
                    : throw new TemplateFault($"a power above {MaximalPower} or of a number beyond 64 bits");
            default:
                BigInteger quotient = BigInteger.DivRem(left, right, out BigInteger rest);
                bool below = !rest.IsZero && rest.Sign != right.Sign;   // Python rounds down, .NET towards zero
                return sign == "//" ? quotient - (below ? 1 : 0) : rest + (below ? right : 0);
        }
    }
}
