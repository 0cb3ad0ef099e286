using System.Text.Json;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// What <c>tokenizer_config.json</c> says beside <c>tokenizer.json</c>: names of special tokens, and the chat template. A file
/// <c>chat_template.jinja</c> in the same folder comes before the template in it, as in transformers.
/// </summary>
public sealed record TokenizerConfig
{
    private static readonly string[] Named = ["bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"];

    /// <summary>Special tokens as templates know them: <c>bos_token</c>, <c>eos_token</c>, … and their text. Those that are null are not there.</summary>
    public required IReadOnlyDictionary<string, string> SpecialTokens { get; init; }

    /// <summary>The chat template's Jinja text; null if the model has none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Where the template stands, for errors.</summary>
    public required string ChatTemplateName { get; init; }

    /// <summary>Reads the files of a folder, of which either may be absent.</summary>
    /// <exception cref="TokenizerException">A file cannot be read or is corrupt.</exception>
    public static TokenizerConfig Read(string folder)
    {
        string file = Path.Combine(folder, "tokenizer_config.json"), jinja = Path.Combine(folder, "chat_template.jinja");
        TokenizerConfig config = File.Exists(file) ? ReadFile(file) : new() { SpecialTokens = new Dictionary<string, string>(), ChatTemplateName = file };
        return File.Exists(jinja) ? config with { ChatTemplate = ReadText(jinja), ChatTemplateName = jinja } : config;
    }

    private static TokenizerConfig ReadFile(string file)
    {
        using JsonDocument document = JsonNode.Open(file);
        JsonNode root = new(document.RootElement, file, "");
        Dictionary<string, string> tokens = new(StringComparer.Ordinal);
        foreach (string name in Named)
        {
            // The text itself, or an object that says how it is found.
            JsonNode token = root[name].Element.ValueKind == JsonValueKind.Object ? root[name]["content"] : root[name];
            if (token.TextOrNull() is { } text)
            {
                tokens.Add(name, text);
            }
        }
        return new TokenizerConfig { SpecialTokens = tokens, ChatTemplate = ReadTemplate(root["chat_template"]), ChatTemplateName = $"{file}: chat_template" };
    }

    // One template, or several with names, of which one is the default.
    private static string? ReadTemplate(JsonNode template) => template.Element.ValueKind == JsonValueKind.Array
        ? template.Items().FirstOrDefault(one => one["name"].Text() == "default") is { Element.ValueKind: JsonValueKind.Object } named
            ? named["template"].Text()
            : throw template.Fault("no template named 'default'; allowed: one text, or several of which one is the default")
        : template.TextOrNull();

    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException(file, fault.Message);
        }
    }
}
