using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Cortex.Architecture.Tests;

/// <summary>Equal sources restore equal packages.</summary>
public sealed partial class PackageTests
{
    [Fact]
    public void Every_package_is_pinned_to_one_exact_version()
    {
        XElement[] packages = [.. Repository.Xml("Directory.Packages.props").Descendants("PackageVersion")];
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Matches(ExactVersion(), package.Attribute("Version")?.Value));
    }

    [Fact]
    public void Versions_stand_in_one_file_only()
    {
        string[] projects = [.. Repository.Files(".", "*.*proj"), .. Repository.Files(".", "*.targets"), "Directory.Build.props"];
        IEnumerable<string> elsewhere = projects
            .SelectMany(path => Repository.Xml(path).Descendants("PackageReference").Select(reference => (path, reference)))
            .Where(use => use.reference.Attribute("Version") is not null || use.reference.Attribute("VersionOverride") is not null
                || use.reference.Element("Version") is not null || use.reference.Element("VersionOverride") is not null)
            .Select(use => $"{use.path}: {use.reference}");
        Assert.Empty(elsewhere);
    }

    [GeneratedRegex(@"^\[\d+\.\d+\.\d+(\.\d+)?(-[0-9A-Za-z.-]+)?\]$")]
    private static partial Regex ExactVersion();
}
