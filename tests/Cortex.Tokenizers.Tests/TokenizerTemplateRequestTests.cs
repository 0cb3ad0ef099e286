using System.Text;
using System.Text.Json;
using Cortex.Runtime.ChatTemplates;
using Cortex.Runtime.Tokenizers;
using Cortex.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>What templates are given, what they refuse, and what they survive.</summary>
public sealed class TokenizerTemplateRequestTests
{
    public static TheoryData<string> Templates =>
        [.. Shared.Files("models/tokenizers", "tokenizer_config.json"), .. Shared.Files("models/tokenizers", "chat_template.jinja")];

    [Theory]
    [InlineData("{% include 'x' %}", "t:1: tag 'include' is not supported here; allowed: if, for, set, macro, with, filter, generation, break, continue, raw")]
    [InlineData("a\n{{ x }}\n{% call m() %}{% endcall %}", "t:3: tag 'call' is not supported here; allowed: if, for, set, macro, with, filter, generation, break, continue, raw")]
    [InlineData("{% break %}", "t:1: tag 'break' is not supported here; allowed: if, for, set, macro, with, filter, generation, break, continue, raw")]
    [InlineData("{% for x in y recursive %}", "t:1: a recursive loop is not supported")]
    [InlineData("{{ f(*x) }}", "t:1: arguments unpacked by * are not supported")]
    [InlineData("\n\n{{ 'a\\101' }}", "t:3: an octal escape is not supported")]
    [InlineData("{% if x %}\n{% for y in z %}{% endfor %}\n", "t:1: a block without its endif")]
    [InlineData("{{ x", "t:1: a tag without its end }}")]
    [InlineData("a\n{# x", "t:2: a comment without its end #}")]
    [InlineData("{% set loop = 1 %}", "t:1: 'loop' cannot be set")]
    public void Tokenizer_template_refuses_what_it_does_not_know_by_name(string template, string message) =>
        Assert.Equal(message, Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(template, "t")).Message);

    [Fact]
    public void Tokenizer_template_names_unknown_filters_and_tests_and_the_known_ones()
    {
        Assert.Matches("^t:1: filter 'pprint' is not supported; allowed: .*tojson, .*$", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse("{{ x | pprint }}", "t")).Message);
        Assert.Matches("^t:1: test 'nice' is not supported; allowed: .*defined, .*$", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse("{{ x is nice }}", "t")).Message);
    }

    [Theory]
    [InlineData("{{ '%s' % 1 }}", "t:1: formatting by % is not supported; allowed: ~ or +")]
    [InlineData("\n{{ strftime_now('%Y') }}", "t:2: strftime_now needs the time, which was not given")]
    [InlineData("{{ messages[0].content.strip() }}", "t:1: 'None' has no attribute 'strip'")]
    [InlineData("{{ range(1, 2, 3, 4) }}", "t:1: range takes one to three whole numbers")]
    [InlineData("{{ messages | tojson(width=3) }}", "t:1: filter 'tojson' has no argument 'width'")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "t:1: macro 'm' takes at most 1 arguments, not 2")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "t:1: macro 'm' calls itself too often")]
    [InlineData("{{ 'ab' * 10000000 }}", "t:1: a repeat longer than 1000000")]
    public void Tokenizer_template_that_does_not_fit_the_messages_says_where(string template, string message) =>
        Assert.Equal(message, Assert.Throws<ChatTemplateException>(() => Render(template, """[{"role": "user", "content": null}]""")).Message);

    [Theory]
    [InlineData("""{"x": 1.0, "y": [1, "é"]}""", """{"x": 1.0, "y": [1, "é"]}""")]   // a string of JSON counts as its object
    [InlineData("""not json""", "\"not json\"")]
    [InlineData("""[1]""", "\"[1]\"")]
    public void Tokenizer_template_gets_arguments_of_OpenAI_clients_as_objects(string arguments, string expected) => Assert.Equal(expected, Render(
        "{{ messages[0].tool_calls[0].function.arguments | tojson }}",
        """[{"role": "assistant", "tool_calls": [{"type": "function", "function": {"name": "f", "arguments": HERE}}]}]""".Replace("HERE", JsonSerializer.Serialize(arguments))));

    [Fact]
    public void Tokenizer_template_writes_the_time_it_is_given()
    {
        ChatTemplate template = ChatTemplate.Parse("{{ strftime_now('%d %b %Y, %A %-d %H:%M:%S %j %e %y %p %%') }}", "t");
        DateTime time = new(2026, 2, 3, 14, 5, 6, DateTimeKind.Unspecified);
        Assert.Equal("03 Feb 2026, Tuesday 3 14:05:06 034  3 26 PM %", template.Render(new ChatRequest { Messages = Parse("[]"), Now = time }));
    }

    [Fact]
    public void Tokenizer_template_knows_special_tokens_tools_and_settings()
    {
        ChatTemplate template = ChatTemplate.Parse("{{ bos_token }}|{{ eos_token }}|{{ tools }}|{{ tools is none }}|{{ add_generation_prompt }}|{{ x }}", "t", new Dictionary<string, string> { ["bos_token"] = "<s>" });
        Assert.Equal("<s>||None|True|False|", template.Render(new ChatRequest { Messages = Parse("[]") }));
        Assert.Equal("<t>||[1]|False|True|{'a': 1.5}", template.Render(new ChatRequest
        {
            Messages = Parse("[]"), Tools = Parse("[1]"), AddGenerationPrompt = true, Settings = Parse("""{"bos_token": "<t>", "x": {"a": 1.50}}"""),
        }));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("[1]", "t:1: settings are list; allowed: an object of variables by name")]
    [InlineData("\"x\"", "t:1: settings are str; allowed: an object of variables by name")]
    [InlineData("{\"x\": \"\\ud800\"}", "t:1: a string of the messages, tools or settings holds half a surrogate pair; allowed: Unicode text")]
    public void Tokenizer_template_takes_settings_by_name_alone(string settings, string? message)
    {
        ChatTemplate template = ChatTemplate.Parse("{{ x }}", "t");
        ChatRequest request = new() { Messages = Parse("[]"), Settings = Parse(settings) };
        if (message is null)
        {
            Assert.Equal("", template.Render(request));
            return;
        }
        Assert.Equal(message, Assert.Throws<ChatTemplateException>(() => template.Render(request)).Message);
    }

    [Fact]
    public void Tokenizer_template_refuses_half_a_surrogate_pair() => Assert.Equal(
        "t:1: a string of the messages, tools or settings holds half a surrogate pair; allowed: Unicode text",
        Assert.Throws<ChatTemplateException>(() => Render("{{ messages }}", """["\ud800"]""")).Message);

    [Fact]
    public void Tokenizer_template_may_be_nested_but_not_without_end()
    {
        Assert.Equal("1", Render($"{{{{ {new string('(', 60)}1{new string(')', 60)} }}}}", "[]"));
        foreach (string deep in (string[])[new('(', 100_000), string.Concat(Enumerable.Repeat("not ", 100_000)), new('-', 100_000), new('[', 100_000), "1" + string.Concat(Enumerable.Repeat("+1", 100_000))])
        {
            Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse($"{{{{ {deep} }}}}", "t"));
        }
        Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(string.Concat(Enumerable.Repeat("{% if x %}", 100_000)), "t"));
    }

    [Fact]
    public void Tokenizer_config_knows_special_tokens_in_both_forms_and_the_template_in_all_three()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-config-");
        try
        {
            string file = Path.Combine(folder.FullName, "tokenizer_config.json"), jinja = Path.Combine(folder.FullName, "chat_template.jinja");
            Assert.Null(TokenizerConfig.Read(folder.FullName).ChatTemplate);
            File.WriteAllText(file, """{"bos_token": {"content": "<s>", "lstrip": false}, "eos_token": "</s>", "unk_token": null, "chat_template": "one"}""");
            TokenizerConfig config = TokenizerConfig.Read(folder.FullName);
            Assert.Equal([("bos_token", "<s>"), ("eos_token", "</s>")], config.SpecialTokens.Select(token => (token.Key, token.Value)));
            Assert.Equal(("one", $"{file}: chat_template"), (config.ChatTemplate, config.ChatTemplateName));
            File.WriteAllText(file, """{"chat_template": [{"name": "tool_use", "template": "x"}, {"name": "default", "template": "two"}]}""");
            Assert.Equal("two", TokenizerConfig.Read(folder.FullName).ChatTemplate);
            File.WriteAllText(jinja, "three");
            Assert.Equal(("three", jinja), (TokenizerConfig.Read(folder.FullName).ChatTemplate, TokenizerConfig.Read(folder.FullName).ChatTemplateName));
            File.WriteAllText(file, """{"chat_template": [{"name": "tool_use", "template": "x"}]}""");
            Assert.Equal(
                $"{file}: chat_template: no template named 'default'; allowed: one text, or several of which one is the default",
                Assert.Throws<TokenizerException>(() => TokenizerConfig.Read(folder.FullName)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Templates of the models, with parts taken out, doubled or exchanged: they render or are refused.</summary>
    [SharedTheory("models/tokenizers")]
    [MemberData(nameof(Templates))]
    public void Tokenizer_template_that_is_damaged_renders_or_is_refused(string file)
    {
        string path = Shared.PathOf($"models/tokenizers/{file}");
        string? template = file.EndsWith(".jinja", StringComparison.Ordinal) ? File.ReadAllText(path) : TokenizerConfig.Read(Path.GetDirectoryName(path)!).ChatTemplate;
        if (template is null)
        {
            return;   // not a chat model
        }
        JsonElement messages = Parse("""[{"role": "system", "content": "s"}, {"role": "user", "content": "u"}, {"role": "assistant", "content": "a", "tool_calls": [{"function": {"name": "f", "arguments": {"x": 1}}}]}, {"role": "tool", "content": "t"}]""");
        Gen<(int At, int Length, int From, int How)[]> changes =
            (from at in Gen.Choose(0, template.Length - 1) from length in Gen.Choose(0, 12) from other in Gen.Choose(0, template.Length - 1) from how in Gen.Choose(0, 2)
             select (at, length, other, how)).NonEmptyListOf().Select(list => list.Take(4).ToArray());
        Property property = Prop.ForAll(Arb.From(changes), edits =>
        {
            string damaged = edits.Aggregate(template, (text, edit) => Change(text, edit.At, edit.Length, edit.From, edit.How));
            try
            {
                return ChatTemplate.Parse(damaged, "t").Render(new ChatRequest { Messages = messages, Tools = Parse("[{}]") }).Length >= 0;
            }
            catch (Exception fault) when (fault is ChatTemplateException or ChatRefusedException)
            {
                return fault is ChatRefusedException || (fault.Message.StartsWith("t:", StringComparison.Ordinal) && !fault.Message.Contains('\n', StringComparison.Ordinal));
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("CI") is null ? 500 : 3_000), property);
    }

    private static string Change(string text, int at, int length, int from, int how)
    {
        (at, from) = (Math.Min(at, text.Length), Math.Min(from, text.Length));
        string part = text.Substring(from, Math.Min(length, text.Length - from));
        return how switch
        {
            0 => text.Remove(at, Math.Min(length, text.Length - at)),
            1 => text.Insert(at, part),
            _ => new StringBuilder(text).Remove(at, Math.Min(length, text.Length - at)).Insert(at, part).ToString(),
        };
    }

    private static string Render(string template, string messages) => ChatTemplate.Parse(template, "t").Render(new ChatRequest { Messages = Parse(messages) });

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
