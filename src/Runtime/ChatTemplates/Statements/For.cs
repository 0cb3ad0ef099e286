using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>A loop. <c>if</c> leaves items out before they are counted; <c>else</c> is for no item at all.</summary>
internal sealed record For(Target Target, Expression Over, Expression? Condition, Block Body, Block? Otherwise) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        IReadOnlyList<object?> items = Operations.Items(Over.Evaluate(scope));
        if (Condition is not null)
        {
            items = [.. items.Where(item => Holds(Condition, item, scope))];
        }
        Loop loop = new(items);
        for (int i = 0; i < items.Count; i++)
        {
            loop.Index = i;
            Scope inner = new(scope) { ["loop"] = loop };
            Target.Assign(inner, items[i]);
            if (Body.Run(inner, output) == Flow.Break)
            {
                break;
            }
        }
        return items.Count == 0 && Otherwise is not null ? Otherwise.Run(new Scope(scope), output) : Flow.Next;
    }

    private bool Holds(Expression condition, object? item, Scope scope)
    {
        Scope inner = new(scope);
        Target.Assign(inner, item);
        return Operations.IsTrue(condition.Evaluate(inner));
    }
}
