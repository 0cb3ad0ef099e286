using System.Reflection;

namespace Cortex.Architecture.Tests;

internal static class Assemblies
{
    /// <summary>The compiled assembly of a project under <c>src/</c>.</summary>
    public static Assembly Load(string project) => Assembly.Load(project == "Cli" ? "cortex" : "Cortex." + project);
}
