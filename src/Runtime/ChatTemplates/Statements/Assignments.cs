using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>What can stand on the left of a set, or after for.</summary>
internal abstract record Target
{
    public abstract void Assign(Scope scope, object? value);
}

internal sealed record NameTarget(string Name) : Target
{
    public override void Assign(Scope scope, object? value) => scope[Name] = value;
}

/// <summary><c>name.member</c>, of a namespace only.</summary>
internal sealed record MemberTarget(string Name, string Member) : Target
{
    public override void Assign(Scope scope, object? value)
    {
        Namespace space = scope[Name] as Namespace ?? throw new TemplateFault("cannot assign attribute on non-namespace object");
        space.Members[Member] = value;
    }
}

internal sealed record TupleTarget(IReadOnlyList<Target> Targets) : Target
{
    public override void Assign(Scope scope, object? value)
    {
        IReadOnlyList<object?> items = Operations.Items(value);
        if (items.Count != Targets.Count)
        {
            throw new TemplateFault($"{(items.Count < Targets.Count ? "not enough" : "too many")} values to unpack (expected {Targets.Count}, got {items.Count})");
        }
        for (int i = 0; i < items.Count; i++)
        {
            Targets[i].Assign(scope, items[i]);
        }
    }
}

internal sealed record Set(Target Target, Expression Value) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        Target.Assign(scope, Value.Evaluate(scope));
        return Flow.Next;
    }
}

/// <summary><c>with</c>: variables for the block alone.</summary>
internal sealed record With(IReadOnlyList<(Target Target, Expression Value)> Variables, Block Body) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        Scope inner = new(scope);
        foreach ((Target target, Expression value) in Variables)
        {
            target.Assign(inner, value.Evaluate(scope));
        }
        return Body.Run(inner, output);
    }
}

/// <summary>The text of a block, as a value: for <c>set</c> and <c>filter</c> with a body.</summary>
internal sealed record Captured(Block Body) : Expression
{
    public override object? Evaluate(Scope scope) => Body.Capture(new Scope(scope));
}
