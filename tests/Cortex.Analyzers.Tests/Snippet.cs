using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cortex.Analyzers.Tests;

/// <summary>Compiles a few statements against the base library and asks the analyzer about them.</summary>
internal static class Snippet
{
    private const string Frame = """
        using System; using System.Collections; using System.Collections.Frozen; using System.Collections.Generic; using System.Linq;
        class Probe
        {{
            Dictionary<string, int> table = new(); HashSet<int> set = new(); List<int> list = new();
            IReadOnlyDictionary<string, int> behind = null; SortedDictionary<string, int> sorted = new(); FrozenDictionary<string, int> frozen = null;
            void Use(IEnumerable<int> numbers) {{ }}
            void Body() {{ {0} }}
        }}
        """;

    /// <summary>An empty compilation that sees all of the base library.</summary>
    public static CSharpCompilation Empty { get; } = CSharpCompilation.Create(
        "Probe",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <returns>The analyzer's findings; the statements must compile.</returns>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string statements)
    {
        CSharpCompilation compilation = Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(string.Format(null, Frame, statements)));
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return await compilation.WithAnalyzers([new UnorderedEnumerationAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }
}
