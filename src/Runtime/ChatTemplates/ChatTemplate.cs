using System.Text;
using System.Text.Json;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>
/// A model's own chat template: Jinja text that turns messages into the prompt that the model was trained on. Interpreted as transformers
/// runs it (sandboxed Jinja 3.1 with <c>trim_blocks</c> and <c>lstrip_blocks</c>, nothing escaped). What is not known is refused by name.
/// Safe for several threads.
/// </summary>
public sealed class ChatTemplate
{
    private readonly string _name;
    private readonly Block _template;
    private readonly IReadOnlyDictionary<string, string> _specialTokens;

    private ChatTemplate(string name, Block template, IReadOnlyDictionary<string, string> specialTokens) =>
        (_name, _template, _specialTokens) = (name, template, specialTokens);

    /// <summary>Reads a template.</summary>
    /// <param name="text">The Jinja text.</param>
    /// <param name="name">What to call it in errors, such as its file.</param>
    /// <param name="specialTokens">Variables such as <c>bos_token</c>; null for none.</param>
    /// <exception cref="ChatTemplateException">The template is wrong, or uses something that is not supported.</exception>
    public static ChatTemplate Parse(string text, string name, IReadOnlyDictionary<string, string>? specialTokens = null) =>
        new(name, TemplateParser.Parse(name, text), specialTokens ?? new Dictionary<string, string>());

    /// <summary>The prompt of some messages.</summary>
    /// <exception cref="ChatRefusedException">The template refuses the messages.</exception>
    /// <exception cref="ChatTemplateException">The template asks for something that the messages lack.</exception>
    public string Render(ChatRequest request)
    {
        try
        {
            StringBuilder prompt = new();
            _template.Run(Variables(request), prompt);
            return prompt.ToString();
        }
        catch (TemplateFault fault)
        {
            throw new ChatTemplateException(_name, 1, fault.Message);
        }
    }

    private Scope Variables(ChatRequest request)
    {
        Scope scope = new(Globals.Scope(request.Now));
        foreach ((string name, string value) in _specialTokens)
        {
            scope[name] = value;
        }
        scope["messages"] = WithParsedArguments(Json.Read(request.Messages));
        scope["tools"] = request.Tools is { } tools ? Json.Read(tools) : null;
        scope["documents"] = null;
        scope["add_generation_prompt"] = request.AddGenerationPrompt;
        foreach ((object name, object? value) in Settings(request))
        {
            scope[(string)name] = value;
        }
        return scope;
    }

    private static Mapping Settings(ChatRequest request) => (request.Settings is { } settings ? Json.Read(settings) : null) switch
    {
        null => [],
        Mapping map => map,
        object other => throw new TemplateFault($"settings are {PythonType.NameOf(other)}; allowed: an object of variables by name"),
    };

    private static object? WithParsedArguments(object? messages)
    {
        foreach (Mapping message in (messages as List<object?>)?.OfType<Mapping>() ?? [])
        {
            foreach (Mapping call in (message.GetValueOrDefault("tool_calls") as List<object?>)?.OfType<Mapping>() ?? [])
            {
                ParseArguments(call);
                ParseArguments(call.GetValueOrDefault("function") as Mapping);
            }
        }
        return messages;
    }

    private static void ParseArguments(Mapping? call)
    {
        if (call?.GetValueOrDefault("arguments") is not string text)
        {
            return;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                call["arguments"] = Json.Read(document.RootElement);
            }
        }
        catch (JsonException)
        {
            // A model may have written anything; the template gets it as it is.
        }
    }
}
