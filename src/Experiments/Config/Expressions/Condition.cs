namespace Cortex.Experiments.Config.Expressions;

/// <summary>Something that holds or does not, such as <c>decode >= prefill</c> or <c>policy != baseline or p99.ttft &lt; 800ms</c>.</summary>
/// <param name="Text">As written.</param>
/// <param name="Mark">Where it was written.</param>
/// <param name="Names">Every name in it, once each.</param>
public sealed record Condition(string Text, SourceMark Mark, IReadOnlyList<string> Names, IExpression Root)
{
    /// <summary>How a condition is written, for error messages.</summary>
    public const string Grammar = "comparisons with < <= > >= == != over names, numbers such as 3, 800ms or 5%, and + - * /, joined by and, or, not";

    /// <exception cref="InputException">Not of that form.</exception>
    public static Condition Parse(string text, SourceMark mark) => new ExpressionParser(text, mark).Parse();

    /// <param name="lookup">The value of a name; null: it has none here, and no comparison with it holds.</param>
    public bool Holds(Func<string, ExpressionValue?> lookup) => Root.Evaluate(lookup) is { Number: not 0 };
}
