using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cortex.Experiments.Config;

/// <summary>Reads YAML into <see cref="ConfigNode"/>s.</summary>
public static class YamlSource
{
    /// <param name="path">As the user named it; it stands so in error messages.</param>
    /// <exception cref="InputException">The file cannot be read or is not one YAML mapping.</exception>
    public static ConfigMap ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            string what = Directory.Exists(path) ? "is a folder" : "does not exist";
            throw new InputException($"'{path}' {what}; allowed: the path of an experiment file");
        }
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the experiment file cannot be read: {FileFault.Of(fault)}");
        }
        return Read(text, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <param name="origin">Name of the text in error messages.</param>
    /// <param name="folder">Where its relative paths start.</param>
    /// <exception cref="InputException">The text is not one YAML mapping.</exception>
    public static ConfigMap Read(string text, string origin, string folder)
    {
        var top = new SourceMark(origin, 1, 1, folder);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault) when (fault.Message.Contains("Duplicate key", StringComparison.Ordinal))
        {
            string key = text[(int)fault.Start.Index..(int)fault.End.Index];
            throw new InputException(At(top, fault.Start), $"the key '{key}' stands twice in a mapping; allowed: each key once");
        }
        catch (YamlException fault)
        {
            string what = fault.InnerException?.Message ?? fault.Message;
            throw new InputException(At(top, fault.Start), $"not valid YAML: {FirstLine(what)}");
        }
        if (stream.Documents.Count > 1)
        {
            throw new InputException(At(top, stream.Documents[1].RootNode.Start), "a second YAML document; allowed: one in a file");
        }
        if (stream.Documents.Count == 0)
        {
            return new ConfigMap(top, []);
        }
        return Convert(stream.Documents[0].RootNode, top) as ConfigMap
            ?? throw new InputException(top, "an experiment file is a mapping of keys to values");
    }

    private static ConfigNode Convert(YamlNode node, SourceMark file)
    {
        SourceMark mark = At(file, node.Start);
        switch (node)
        {
            case YamlScalarNode scalar:
                bool quoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
                return new ConfigScalar(mark, scalar.Value ?? "", quoted);
            case YamlSequenceNode sequence:
                return new ConfigList(mark, [.. sequence.Children.Select(child => Convert(child, file))]);
            case YamlMappingNode mapping:
                return new ConfigMap(mark, [.. mapping.Children.Select(pair => Entry(pair.Key, pair.Value, file))]);
            default:
                throw new InputException(mark, "not a value, a list or a mapping");
        }
    }

    private static ConfigEntry Entry(YamlNode key, YamlNode value, SourceMark file)
    {
        SourceMark mark = At(file, key.Start);
        if (key is not YamlScalarNode { Value: { Length: > 0 } name })
        {
            throw new InputException(mark, "a key must be a plain word");
        }
        return new ConfigEntry(mark, name, Convert(value, file));
    }

    private static SourceMark At(SourceMark file, Mark place) =>
        file with { Line = checked((int)place.Line), Column = checked((int)place.Column) };

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
