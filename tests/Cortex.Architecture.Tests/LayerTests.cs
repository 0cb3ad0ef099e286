using System.Reflection;
using Xunit;

namespace Cortex.Architecture.Tests;

/// <summary>DESIGN, section 1: the core cannot see the truth of a trace, or a cost model, even by mistake.</summary>
public sealed class LayerTests
{
    public static TheoryData<string> Projects => [.. Repository.Layers.Keys];

    [Fact]
    public void Src_holds_exactly_the_projects_of_the_design()
    {
        Assert.Equal(
            Repository.Layers.Keys.Select(name => $"src/{name}/Cortex.{name}.csproj").Order(StringComparer.Ordinal),
            Repository.Files("src", "*.*proj"));
        Assert.Equal(
            Repository.Layers.Keys.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_exactly_the_layers_below_it(string project)
    {
        string path = $"src/{project}/Cortex.{project}.csproj";
        IEnumerable<string> references = Repository.Xml(path).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(Repository.Layers[project].Select(name => "Cortex." + name), references.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_the_layers_below_it(string project)
    {
        Assembly assembly = Assemblies.Load(project);
        string[] used = [.. assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Cortex.", StringComparison.Ordinal))];
        Assert.All(used, name => Assert.Contains(name["Cortex.".Length..], Below(project)));
    }

    [Theory]
    [InlineData("Serving", "Workloads")]
    [InlineData("Serving", "CostModels")]
    [InlineData("Workloads", "CostModels")]
    [InlineData("Sim", "Runtime")]
    public void Neighbours_do_not_know_each_other(string left, string right)
    {
        Assert.DoesNotContain(right, Below(left));
        Assert.DoesNotContain(left, Below(right));
    }

    /// <summary>All layers that arrows lead to from <paramref name="project"/>.</summary>
    private static HashSet<string> Below(string project) =>
        [.. Repository.Layers[project].SelectMany(name => Below(name).Append(name))];
}
