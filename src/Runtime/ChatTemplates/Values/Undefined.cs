namespace Cortex.Runtime.ChatTemplates;

/// <summary>What a name or member that is not there gives: empty where it is printed or looped over, an error where more is done with it.</summary>
/// <param name="Message">What to say then.</param>
internal sealed record Undefined(string Message)
{
    public static Undefined Name(string name) => new($"'{name}' is undefined");

    public static Undefined Attribute(object? of, string name) => new($"'{Describe(of)}' has no attribute '{name}'");

    public static Undefined Element(object? of, object? index) => new($"{Describe(of)} has no element {PythonText.Repr(index)}");

    private static string Describe(object? value) => value is null ? "None" : $"{PythonType.NameOf(value)} object";
}
