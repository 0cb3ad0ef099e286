using System.Globalization;
using System.Numerics;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Filters about numbers and lengths, and the default for what is not there.</summary>
internal static class NumberFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>(StringComparer.Ordinal)
    {
        ["length"] = Length,
        ["count"] = Length,
        ["default"] = Default,
        ["d"] = Default,
        ["int"] = ToInteger,
        ["float"] = ToFloat,
        ["abs"] = (value, arguments) =>
        {
            arguments.None();
            return value is double number ? Math.Abs(number) : Numbers.Normal(BigInteger.Abs(Numbers.ToInteger(value)));
        },
        ["round"] = Round,
    };

    private static object? Length(object? value, Arguments arguments)
    {
        arguments.None();
        return Operations.Length(value);
    }

    private static object? Default(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["default_value", "boolean"], "", false);
        return value is Undefined || (Operations.IsTrue(given[1]) && !Operations.IsTrue(value)) ? given[0] : value;
    }

    private static object? ToInteger(object? value, Arguments arguments)
    {
        object? otherwise = arguments.Bind(["default"], 0L)[0];
        return value switch
        {
            double number when double.IsFinite(number) => Numbers.Normal(new BigInteger(number)),
            string text when BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger whole) =>
                Numbers.Normal(whole),
            string text when TryFloat(text, out double number) && double.IsFinite(number) => Numbers.Normal(new BigInteger(number)),
            _ when Numbers.IsNumber(value) && value is not double => Numbers.Normal(Numbers.ToInteger(value)),
            _ => otherwise,
        };
    }

    private static object? ToFloat(object? value, Arguments arguments)
    {
        object? otherwise = arguments.Bind(["default"], 0.0)[0];
        return Numbers.IsNumber(value) ? Numbers.ToDouble(value) : value is string text && TryFloat(text, out double number) ? number : otherwise;
    }

    private static object? Round(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["precision", "method"], 0L, "common");
        double scale = Math.Pow(10, Math.Clamp(Numbers.ToIndex(given[0]), -300, 300));
        double number = Numbers.ToDouble(value);
        return given[1] switch
        {
            "common" when Numbers.ToIndex(given[0]) is >= 0 and <= 15 and int digits => Math.Round(number, digits, MidpointRounding.ToEven),
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            _ => throw new TemplateFault("round needs a precision of 0 to 15, and the method common, ceil or floor"),
        };
    }

    private static bool TryFloat(string text, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
