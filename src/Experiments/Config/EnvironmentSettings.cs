namespace Cortex.Experiments.Config;

/// <summary>Overrides from the environment, between the experiment file and <c>--set</c>: what holds on a machine, whatever is run there.</summary>
public static class EnvironmentSettings
{
    /// <summary>Variable with overrides as <c>--set</c> takes them, blanks between them.</summary>
    public const string Variable = "CORTEX_SET";

    private const string Prefix = $"{Variable} ";

    /// <summary>The overrides of the environment whose key no flag sets, each behind the variable's name and a blank, which no key has; then those of the flags.</summary>
    /// <param name="flags">As <see cref="SetExpression.Parse"/> reads them.</param>
    /// <param name="environment">Content of the variable; null or empty: nothing.</param>
    /// <exception cref="InputException">An override that is not of its form.</exception>
    public static IReadOnlyList<string> Under(IReadOnlyList<string> flags, string? environment)
    {
        string[] preset = (environment ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return preset.Length == 0 ? flags : [.. preset.Select(text => Prefix + text).Where(text => !flags.Any(flag => Key(flag) == Key(text))), .. flags];
    }

    /// <summary>What a fault names as the place of an override, and the override itself.</summary>
    /// <param name="text">A flag, or one that <see cref="Under"/> has taken from the environment.</param>
    internal static (string Origin, string Override) Source(string text) => text.StartsWith(Prefix, StringComparison.Ordinal)
        ? ($"{Variable}: {text[Prefix.Length..]}", text[Prefix.Length..])
        : ($"--set {text}", text);

    private static string Key(string text) => SetExpression.Parse(text).Key;
}
