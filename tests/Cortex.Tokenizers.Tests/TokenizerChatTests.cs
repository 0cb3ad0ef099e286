using System.Text.Json;
using Cortex.Runtime.ChatTemplates;
using Cortex.Runtime.Tokenizers;
using Cortex.Testing;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>Prompts as transformers makes them from the models' own templates.</summary>
public sealed class TokenizerChatTests
{
    private const string Format = "cortex-chat-1";

    [SharedTheory("models/tokenizers")]
    [GoldenCases(Format, "cases")]
    [GoldensWithoutTokenizer(Format)]
    public void Tokenizer_and_template_give_the_reference_prompt(string file, int index, string name)
    {
        _ = name;
        GoldenFile golden = GoldenFile.Named(file);
        JsonElement one = golden.Root.GetProperty("cases")[index];
        ChatTemplate template = TemplateOf(golden);
        ChatRequest request = new()
        {
            Messages = one.GetProperty("messages"),
            Tools = one.TryGetProperty("tools", out JsonElement tools) && tools.ValueKind != JsonValueKind.Null ? tools : null,
            AddGenerationPrompt = one.GetProperty("addGenerationPrompt").GetBoolean(),
            Settings = one.TryGetProperty("settings", out JsonElement settings) ? settings : null,
        };
        if (one.TryGetProperty("refused", out JsonElement refused))
        {
            Assert.Equal(refused.GetString(), Assert.Throws<ChatRefusedException>(() => template.Render(request)).Message);
            return;
        }
        string prompt = template.Render(request);
        Assert.Equal(one.GetProperty("text").GetString(), prompt);
        Assert.Equal(one.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), golden.Tokenizer.Encode(prompt));
    }

    /// <summary>The chats among the models' own goldens.</summary>
    [SharedTheory("models")]
    [GoldenCases("cortex-golden-1", "prompts")]
    public void Tokenizer_and_template_give_the_prompts_of_the_models_chats(string file, int index, string name)
    {
        _ = name;
        GoldenFile golden = GoldenFile.Named(file);
        JsonElement prompt = golden.Root.GetProperty("prompts")[index];
        ChatTemplate template = TemplateOf(golden);
        if (prompt.TryGetProperty("messages", out JsonElement messages))
        {
            Assert.Equal(prompt.GetProperty("text").GetString(), template.Render(new ChatRequest { Messages = messages, AddGenerationPrompt = true }));
        }
    }

    // A later template of a family stands beside its goldens, which carry the family's own name.
    private static ChatTemplate TemplateOf(GoldenFile golden)
    {
        TokenizerConfig config = TokenizerConfig.Read(golden.TokenizerFolder!);
        string later = Path.Combine(golden.Folder, "chat_template.jinja");
        bool isLater = golden.Root.TryGetProperty("template", out JsonElement name) && name.GetString() == Path.GetFileName(golden.Folder) && File.Exists(later);
        if (isLater)
        {
            return ChatTemplate.Parse(File.ReadAllText(later), later, config.SpecialTokens);
        }
        string file = Path.Combine(golden.TokenizerFolder!, "tokenizer_config.json");
        using JsonDocument first = JsonDocument.Parse(File.ReadAllBytes(file));
        string? text = first.RootElement.TryGetProperty("chat_template", out JsonElement template) ? template.GetString() : config.ChatTemplate;
        return ChatTemplate.Parse(text!, file, config.SpecialTokens);
    }
}
