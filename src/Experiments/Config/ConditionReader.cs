using Cortex.Experiments.Config.Expressions;

namespace Cortex.Experiments.Config;

/// <summary>Conditions of the experiment file (keys <c>where</c> and <c>assert</c>) and of the command line.</summary>
internal static class ConditionReader
{
    /// <summary>Those of the file, then those of the option.</summary>
    /// <exception cref="InputException">One that cannot be read.</exception>
    public static IReadOnlyList<Condition> Read(ConfigMap root, string key, IReadOnlyList<string> option)
    {
        IReadOnlyList<ConfigNode> written = root.Find(key) switch
        {
            null or ConfigScalar { IsEmpty: true } => [],
            ConfigList list => list.Items,
            { } one => [one],
        };
        var conditions = new List<Condition>();
        foreach (ConfigNode node in written)
        {
            conditions.Add(node is ConfigScalar { IsEmpty: false } scalar
                ? Condition.Parse(scalar.Text, scalar.Mark)
                : throw new InputException(node.Mark, $"{key}: allowed: {Condition.Grammar}"));
        }
        string folder = Directory.GetCurrentDirectory();
        return [.. conditions, .. option.Select(text => Condition.Parse(text, new SourceMark($"--{key} {text}", 0, 0, folder)))];
    }
}
