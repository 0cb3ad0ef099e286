using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>How a loop goes on after a statement.</summary>
internal enum Flow
{
    Next,
    Continue,
    Break,
}

/// <summary>A part of a template that writes text or changes variables.</summary>
internal abstract record Statement
{
    /// <exception cref="TemplateFault">The values do not go together.</exception>
    public abstract Flow Run(Scope scope, StringBuilder output);
}

/// <summary>A statement that says where it stands when it fails.</summary>
internal sealed record Located(Statement Inner, string Template, int Line) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        try
        {
            return Inner.Run(scope, output);
        }
        catch (TemplateFault fault)
        {
            throw new ChatTemplateException(Template, Line, fault.Message);
        }
    }
}

internal sealed record Text(string Value) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        output.Append(Value);
        return Flow.Next;
    }
}

internal sealed record Print(Expression Value) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        output.Append(PythonText.Str(Value.Evaluate(scope)));
        return Flow.Next;
    }
}

internal sealed record Block(IReadOnlyList<Statement> Statements) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        foreach (Statement statement in Statements)
        {
            if (statement.Run(scope, output) is not Flow.Next and var flow)
            {
                return flow;
            }
        }
        return Flow.Next;
    }

    /// <summary>The text that the block writes.</summary>
    public string Capture(Scope scope)
    {
        StringBuilder text = new();
        Run(scope, text);
        return text.ToString();
    }
}

internal sealed record If(IReadOnlyList<(Expression Condition, Block Then)> Branches, Block? Otherwise) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        foreach ((Expression condition, Block then) in Branches)
        {
            if (Operations.IsTrue(condition.Evaluate(scope)))
            {
                return then.Run(scope, output);
            }
        }
        return Otherwise?.Run(scope, output) ?? Flow.Next;
    }
}

internal sealed record Jump(Flow To) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output) => To;
}
