using System.Globalization;
using System.Numerics;
using System.Text;
using Cortex.Runtime.Tokenizers;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Values as Python writes them.</summary>
internal static class PythonText
{
    /// <summary>As <c>str(value)</c>; nothing for an undefined one.</summary>
    public static string Str(object? value) => value switch
    {
        string text => text,
        Undefined => "",
        _ => Repr(value),
    };

    /// <summary>As <c>repr(value)</c>.</summary>
    public static string Repr(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        double number => Float(number),
        string text => Quoted(text),
        List<object?> list => $"[{string.Join(", ", list.Select(Repr))}]",
        object?[] tuple => tuple.Length == 1 ? $"({Repr(tuple[0])},)" : $"({string.Join(", ", tuple.Select(Repr))})",
        Mapping map => $"{{{string.Join(", ", map.Select(member => $"{Repr(member.Key)}: {Repr(member.Value)}"))}}}",
        Undefined => "Undefined",
        _ => throw new TemplateFault($"a {PythonType.NameOf(value)} cannot be printed"),
    };

    /// <summary>The shortest decimal that reads back, with an exponent below 1e-4 and from 1e16.</summary>
    public static string Float(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        (string digits, int exponent) = Digits(number.ToString("R", CultureInfo.InvariantCulture));
        string sign = double.IsNegative(number) ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            string rest = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{rest}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }
        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }
        digits = digits.PadRight(exponent + 2, '0');
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    // The significant digits of a number in any decimal form, and the power of ten of the first.
    private static (string Digits, int Exponent) Digits(string text)
    {
        text = text.TrimStart('-');
        int e = text.IndexOf('E');
        int exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.');
        string whole = point < 0 ? mantissa : mantissa[..point];
        string all = whole + (point < 0 ? "" : mantissa[(point + 1)..]);
        int leading = all.Length - all.TrimStart('0').Length;
        string digits = all.Trim('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent + whole.Length - 1 - leading);
    }

    private static string Quoted(string text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        StringBuilder quoted = new();
        quoted.Append(quote);
        for (int at = 0; at < text.Length;)
        {
            int code = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? char.ConvertToUtf32(text, at) : text[at];
            quoted.Append(code switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when code == quote => $"\\{quote}",
                _ when IsPrintable(code) => char.ConvertFromUtf32(code),
                < 0x100 => $@"\x{code:x2}",
                < 0x10000 => $@"\u{code:x4}",
                _ => $@"\U{code:x8}",
            });
            at += CodePoint.Length(code);
        }
        return quoted.Append(quote).ToString();
    }

    private static bool IsPrintable(int code) => code == ' ' || CharUnicodeInfo.GetUnicodeCategory(code) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
