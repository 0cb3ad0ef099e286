using System.Reflection;
using System.Text.Json;
using Cortex.Runtime.ChatTemplates;
using Cortex.Testing;
using Xunit;
using Xunit.Sdk;

namespace Cortex.Tokenizers.Tests;

/// <summary>The interpreter of templates against Jinja itself (<c>eng/jinja-cases.py</c>), case by case.</summary>
public sealed class TokenizerTemplateTests
{
    private static readonly Lazy<JsonElement> File = new(() =>
        JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(Shared.Solution, "tests/Cortex.Tokenizers.Tests/Data/jinja-cases.json"))).RootElement);

    [Theory]
    [Cases]
    public void Tokenizer_template_gives_what_Jinja_gives(int index, string template)
    {
        JsonElement one = File.Value.GetProperty("cases")[index];
        if (one.TryGetProperty("text", out JsonElement text))
        {
            Assert.Equal(text.GetString(), Render(template));
            return;
        }
        string error = one.GetProperty("error").GetString()!;
        Exception fault = Assert.ThrowsAny<Exception>(() => Render(template));
        Assert.True(fault is ChatTemplateException or ChatRefusedException, $"{fault}");
        Assert.DoesNotContain('\n', fault.Message);
        Assert.EndsWith(error, fault.Message, StringComparison.Ordinal);   // with its place before it; of errors in the syntax only that there is one
    }

    private static string Render(string template) => ChatTemplate.Parse(template, "test").Render(new ChatRequest
    {
        Messages = File.Value.GetProperty("variables").GetProperty("messages"),
        Settings = File.Value.GetProperty("variables"),
    });

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class CasesAttribute : DataAttribute
    {
        public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
            File.Value.GetProperty("cases").EnumerateArray().Select((one, index) => new object[] { index, one.GetProperty("template").GetString()! });
    }
}
