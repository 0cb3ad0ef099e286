using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Cortex.Analyzers;

/// <summary>
/// Flags whatever goes through the elements of a hash table, as their order is not promised and may differ between runs and releases:
/// <c>foreach</c>, spreads, and handing the table on as a sequence. Allowed where the order is made good at once, or cannot matter:
/// <c>Order</c>, <c>OrderBy</c>, <c>Count</c>, <c>Any</c>, <c>All</c>, <c>Contains</c>. A list of banned symbols cannot say this, since
/// <c>foreach</c> names no symbol.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnorderedEnumerationAnalyzer : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = new(
        "CX0001",
        "Enumeration of an unordered collection",
        "'{0}' has no order that is promised: keep a list beside it, use a sorted collection, or sort by a unique key at once",
        "Determinism",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static readonly ImmutableHashSet<string> OrderRestoring =
        ["Order", "OrderDescending", "OrderBy", "OrderByDescending", "Count", "LongCount", "Any", "All", "Contains"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(ForEach, OperationKind.Loop);
        context.RegisterOperationAction(Spread, OperationKind.Spread);
        context.RegisterOperationAction(Conversion, OperationKind.Conversion);
        context.RegisterOperationAction(Argument, OperationKind.Argument);
        context.RegisterOperationAction(Invocation, OperationKind.Invocation);
    }

    private static void ForEach(OperationAnalysisContext context)
    {
        if (context.Operation is IForEachLoopOperation loop)
        {
            Check(context, Unconverted(loop.Collection));
        }
    }

    private static void Spread(OperationAnalysisContext context) =>
        Check(context, Unconverted(((ISpreadOperation)context.Operation).Operand));

    /// <summary>A table of a concrete type that becomes a mere sequence is about to be gone through.</summary>
    private static void Conversion(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (UnorderedCollections.IsSequence(conversion.Type) && conversion.Parent is not (IForEachLoopOperation or ISpreadOperation)
            && !(conversion.Parent is IArgumentOperation argument && IsHarmless(argument)))
        {
            Check(context, conversion.Operand);
        }
    }

    /// <summary>Tables behind an interface convert without an operation of their own where the types already fit.</summary>
    private static void Argument(OperationAnalysisContext context)
    {
        var argument = (IArgumentOperation)context.Operation;
        if (argument.Value is not IConversionOperation && UnorderedCollections.IsSequence(argument.Parameter?.Type) && !IsHarmless(argument))
        {
            Check(context, argument.Value);
        }
    }

    private static void Invocation(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is "GetEnumerator" or "CopyTo" && call.Instance is { } instance)
        {
            Check(context, Unconverted(instance));
        }
    }

    private static void Check(OperationAnalysisContext context, IOperation source)
    {
        if (source.Type is { } type && UnorderedCollections.IsUnordered(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, source.Syntax.GetLocation(), type.ToDisplayString()));
        }
    }

    private static bool IsHarmless(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } method } && OrderRestoring.Contains(method.Name);

    private static IOperation Unconverted(IOperation operation) =>
        operation is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : operation;
}
