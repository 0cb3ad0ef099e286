using YamlDotNet.Core;
using YamlDotNet.Core.Events;

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
        var scanner = new Scanner(new StringReader(text));
        var events = new Parser(scanner);
        try
        {
            events.Consume<StreamStart>();
            if (events.Accept<StreamEnd>(out _))
            {
                return new ConfigMap(top, []);
            }
            events.Consume<DocumentStart>();
            ConfigNode root = new YamlNodes(events, top).Next();
            events.Consume<DocumentEnd>();
            if (events.TryConsume<DocumentStart>(out _))
            {
                throw new InputException(YamlNodes.At(top, events.Current!.Start), "a second YAML document; allowed: one in a file");
            }
            return root as ConfigMap ?? throw new InputException(top, "an experiment file is a mapping of keys to values");
        }
        catch (YamlException fault)
        {
            string what = fault.InnerException?.Message ?? fault.Message;
            // Of a tab the fault says the beginning of the file.
            Mark place = fault.Start.Index > 0 ? fault.Start : scanner.CurrentPosition;
            throw new InputException(YamlNodes.At(top, place), $"not valid YAML: {what.Split('\n', 2)[0].Trim()}");
        }
    }
}
