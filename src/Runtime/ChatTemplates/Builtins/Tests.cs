using System.Numerics;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Jinja's tests.</summary>
internal static class Tests
{
    public static IReadOnlyDictionary<string, Test> All { get; } = new Dictionary<string, Test>(StringComparer.Ordinal)
    {
        ["defined"] = Of(value => value is not Undefined),
        ["undefined"] = Of(value => value is Undefined),
        ["none"] = Of(value => value is null),
        ["true"] = Of(value => value is true),
        ["false"] = Of(value => value is false),
        ["boolean"] = Of(value => value is bool),
        ["integer"] = Of(value => value is long or BigInteger),
        ["float"] = Of(value => value is double),
        ["number"] = Of(Numbers.IsNumber),
        ["string"] = Of(value => value is string),
        ["mapping"] = Of(value => value is Mapping),
        ["sequence"] = Of(value => value is string or Mapping or IReadOnlyList<object?> or Undefined),
        ["iterable"] = Of(value => value is string or Mapping or IReadOnlyList<object?> or Undefined),
        ["callable"] = Of(value => value is Function),
        ["lower"] = Of(value => PythonText.Str(value) is var text && StringMethods.IsLower(text)),
        ["upper"] = Of(value => PythonText.Str(value) is var text && StringMethods.IsUpper(text)),
        ["odd"] = Of(value => IsMultiple(value, 2, 1)),
        ["even"] = Of(value => IsMultiple(value, 2, 0)),
        ["divisibleby"] = With((value, other) => IsMultiple(value, other, 0)),
        ["sameas"] = With((value, other) => ReferenceEquals(value, other) || (value is bool or null or long && Equals(value, other))),
        ["in"] = With((value, other) => Operations.Contains(other, value)),
        ["eq"] = Sign("=="),
        ["equalto"] = Sign("=="),
        ["=="] = Sign("=="),
        ["ne"] = Sign("!="),
        ["!="] = Sign("!="),
        ["lt"] = Sign("<"),
        ["lessthan"] = Sign("<"),
        ["<"] = Sign("<"),
        ["le"] = Sign("<="),
        ["<="] = Sign("<="),
        ["gt"] = Sign(">"),
        ["greaterthan"] = Sign(">"),
        [">"] = Sign(">"),
        ["ge"] = Sign(">="),
        [">="] = Sign(">="),
    };

    private static Test Of(Func<object?, bool> holds) => (value, arguments) =>
    {
        arguments.None();
        return holds(value);
    };

    private static Test With(Func<object?, object?, bool> holds) => (value, arguments) => holds(value, arguments.Bind(["other"])[0]);

    private static Test Sign(string sign) => With((value, other) => Comparison.Holds(sign, value, other));

    private static bool IsMultiple(object? value, object? of, int rest) =>
        Operations.AreEqual(Numbers.Calculate("%", value, of is int number ? (long)number : of), (long)rest);
}
