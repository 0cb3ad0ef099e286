using Spectre.Console;

namespace Cortex.Experiments.Tests;

/// <summary>A console that is no terminal and keeps what is printed.</summary>
internal sealed class TestConsole
{
    private readonly StringWriter output = new();

    public TestConsole()
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
    }

    public IAnsiConsole Console { get; }

    public StringWriter Errors { get; } = new();

    public string Text => output.ToString();

    /// <summary>Forgets what was printed, but not the errors.</summary>
    public void Clear() => output.GetStringBuilder().Clear();
}
