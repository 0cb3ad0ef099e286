using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Cortex.Experiments.Cells;

/// <summary>Names the program that computes cells, so that a changed program never reuses a cell of the old one.</summary>
public static class BuildIdentity
{
    /// <summary>The product's version, such as 0.1.0.</summary>
    public static string Version { get; } =
        typeof(BuildIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>
    /// SHA-256 over the module version ids of this assembly and of every Cortex assembly below it. Builds are deterministic, so an id is itself a
    /// hash of the assembly's content, embedded data included.
    /// </summary>
    public static string Hash { get; } = Compute();

    private static string Compute()
    {
        var modules = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(typeof(BuildIdentity).Assembly, modules);
        var text = new StringBuilder();
        foreach ((string name, string id) in modules)
        {
            text.Append(name).Append(' ').Append(id).Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Collect(Assembly assembly, SortedDictionary<string, string> modules)
    {
        if (!modules.TryAdd(assembly.GetName().Name!, assembly.ManifestModule.ModuleVersionId.ToString("N")))
        {
            return;
        }
        foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
        {
            if (reference.Name!.StartsWith("Cortex.", StringComparison.Ordinal))
            {
                Collect(Assembly.Load(reference), modules);
            }
        }
    }
}
