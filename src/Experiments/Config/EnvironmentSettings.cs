namespace Cortex.Experiments.Config;

/// <summary>Overrides from the environment, between the experiment file and <c>--set</c>: what holds on a machine, whatever is run there.</summary>
public static class EnvironmentSettings
{
    /// <summary>Variable with overrides as <c>--set</c> takes them, blanks between them.</summary>
    public const string Variable = "CORTEX_SET";

    /// <summary>The overrides of the environment whose key no flag sets, then those of the flags.</summary>
    /// <param name="flags">As <see cref="SetExpression.Parse"/> reads them.</param>
    /// <param name="environment">Content of the variable; null or empty: nothing.</param>
    /// <exception cref="InputException">An override that is not of its form.</exception>
    public static IReadOnlyList<string> Under(IReadOnlyList<string> flags, string? environment)
    {
        string[] preset = (environment ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return preset.Length == 0 ? flags : [.. preset.Where(text => !flags.Any(flag => Key(flag) == Key(text))), .. flags];
    }

    private static string Key(string text) => SetExpression.Parse(text).Key;
}
