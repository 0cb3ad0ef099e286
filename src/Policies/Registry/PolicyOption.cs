using System.Globalization;
using System.Reflection;
using System.Text;

namespace Cortex.Policies.Registry;

/// <summary>One option of a policy: its name, its type, its default, and how a text becomes a value.</summary>
public sealed class PolicyOption
{
    private const string Nothing = "off";
    private readonly Type type;
    private readonly bool optional;
    private readonly double min;
    private readonly double max;

    internal PolicyOption(ParameterInfo parameter)
    {
        OptionAttribute description = parameter.GetCustomAttribute<OptionAttribute>()
            ?? throw new InvalidOperationException($"{parameter.Member.DeclaringType}: parameter {parameter.Name} has no [Option].");
        optional = Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        (min, max) = (description.Min, description.Max);
        Name = SnakeCase(parameter.Name!);
        Meaning = description.Meaning;
        DefaultValue = parameter.DefaultValue;
    }

    /// <summary>Name in experiment files, such as <c>max_imbalance</c>.</summary>
    public string Name { get; }

    public string Meaning { get; }

    /// <summary>The default as a text that may be written in a file.</summary>
    public string Default => Text(DefaultValue);

    /// <summary>What may be written, such as <c>a number from 0 to 1</c>.</summary>
    public string Allowed
    {
        get
        {
            string kind = type == typeof(bool) ? "true or false" : type == typeof(int) ? "a whole number" : type == typeof(double) ? "a number" : "a text";
            string from = double.IsFinite(min) ? string.Create(CultureInfo.InvariantCulture, $" from {min}") : "";
            string to = double.IsFinite(max) ? string.Create(CultureInfo.InvariantCulture, $" to {max}") : "";
            return kind + from + to + (optional ? $", or {Nothing}" : "");
        }
    }

    internal object? DefaultValue { get; }

    /// <returns>The value; <c>false</c> in the second place if the text is none.</returns>
    internal (object? Value, bool Valid) Parse(string text)
    {
        if (optional && text == Nothing)
        {
            return (null, true);
        }
        if (type == typeof(bool))
        {
            return text is "true" or "false" ? (text == "true", true) : (null, false);
        }
        if (type == typeof(int))
        {
            bool valid = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
            return (number, valid && InRange(number));
        }
        if (type == typeof(double))
        {
            bool valid = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
            return (number, valid && double.IsFinite(number) && InRange(number));
        }
        return type == typeof(string) ? (text, true) : throw new NotSupportedException($"An option of type {type} cannot be read.");
    }

    internal static string Text(object? value) => value switch
    {
        null => Nothing,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private bool InRange(double number) => number >= min && number <= max;

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            text.Append(char.IsUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
