using System.Xml.Linq;

namespace Url2Video.Farm.Core.Tests.Repository;

/// <summary>A project exists only where a reference rule must hold; these are the rules. Anything not listed is forbidden.</summary>
public sealed class ReferenceRulesTests
{
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Cluster"] = ["Core"],
        ["Content"] = ["Core"],
        ["Media"] = [],
        ["Node"] = ["Core", "Cluster", "Media", "Content"],
        ["Api"] = ["Core", "Cluster"],
        ["Cli"] = ["Core", "Cluster", "Content", "Api", "Media", "Node"],
    };

    /// <summary>Core stands on the base library alone; Media could be published as a package of its own.</summary>
    private static readonly string[] WithoutPackages = ["Core", "Media"];

    public static TheoryData<string> Products() =>
        [.. RepositoryFiles.Projects().Where(p => !p.StartsWith("tests/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Products))]
    public void Project_References_AreOnlyTheAllowedOnes(string project)
    {
        var name = ShortName(project);
        Assert.True(MayReference.TryGetValue(name, out var allowed), $"{project} is in no rule: add it to the table in DESIGN and here.");

        var references = Items(project, "ProjectReference").Select(ShortName);

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void Project_OfTheCore_HasNoPackages(string project)
    {
        if (WithoutPackages.Contains(ShortName(project)))
        {
            Assert.Empty(Items(project, "PackageReference"));
            Assert.Empty(Items(project, "FrameworkReference"));
        }
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = RepositoryFiles.Read("Url2Video.Farm.sln").Replace('\\', '/');

        Assert.All(RepositoryFiles.Projects(), p => Assert.Contains(p, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void PackageVersions_StandInOnePlace()
    {
        Assert.All(RepositoryFiles.Projects(), p =>
            Assert.DoesNotContain(XDocument.Parse(RepositoryFiles.Read(p)).Descendants("PackageReference"), r => r.Attribute("Version") is not null));
    }

    [Fact]
    public void UnsafeCode_OnlyInMedia()
    {
        var allowing = RepositoryFiles.Projects()
            .Where(p => RepositoryFiles.Read(p).Contains("AllowUnsafeBlocks", StringComparison.Ordinal))
            .Select(ShortName)
            .Except(["Media", "Media.Tests", "Bench"]);

        Assert.Empty(allowing);
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Parse(RepositoryFiles.Read(project)).Descendants(kind).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string ShortName(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        return name.StartsWith("Url2Video.Farm.", StringComparison.Ordinal) ? name["Url2Video.Farm.".Length..] : name;
    }
}
