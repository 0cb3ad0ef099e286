using System.Globalization;
using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>C's <c>strftime</c>, in English.</summary>
internal static class Strftime
{
    public static string Format(DateTime time, string format)
    {
        StringBuilder text = new();
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                text.Append(format[at]);
                continue;
            }
            bool unpadded = format[++at] == '-' && at + 1 < format.Length;
            string part = Part(time, format[unpadded ? ++at : at]);
            text.Append(unpadded && part.TrimStart('0') is var bare ? bare.Length == 0 ? "0" : bare : part);
        }
        return text.ToString();
    }

    private static string Part(DateTime time, char directive)
    {
        string? form = directive switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'B' => "MMMM",
            'b' or 'h' => "MMM",
            'd' => "dd",
            'A' => "dddd",
            'a' => "ddd",
            'H' => "HH",
            'I' => "hh",
            'M' => "mm",
            'S' => "ss",
            'p' => "tt",
            'f' => "ffffff",
            'F' => "yyyy-MM-dd",
            'T' => "HH:mm:ss",
            'D' => "MM/dd/yy",
            _ => null,
        };
        return form is not null ? time.ToString(form, CultureInfo.InvariantCulture) : directive switch
        {
            'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            '%' => "%",
            _ => throw new TemplateFault($"strftime directive %{directive} is not supported"),
        };
    }
}
