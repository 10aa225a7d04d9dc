using System.Runtime.CompilerServices;

namespace Url2Video.Farm.Core.Tests.Repository;

/// <summary>The checkout that the tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>Hand-written files below <paramref name="folder"/>, relative to the root, with forward slashes.</summary>
    public static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/bin/", StringComparison.Ordinal)
                && !f.Contains("/vendor/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Sources() => new[] { "src", "nodes", "tests" }.SelectMany(f => Below(f, "*.cs"));

    public static IEnumerable<string> Projects() => new[] { "src", "nodes", "tests" }.SelectMany(f => Below(f, "*.csproj"));

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(thisFile)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Url2Video.Farm.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests were moved away from their checkout.");
    }
}
