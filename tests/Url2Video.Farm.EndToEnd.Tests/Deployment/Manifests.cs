using System.Runtime.CompilerServices;
using YamlDotNet.RepresentationModel;

namespace Url2Video.Farm.EndToEnd.Tests.Deployment;

/// <summary>The files that operators apply, parsed.</summary>
internal static class Manifests
{
    private static readonly string[] PodOwners = ["Deployment", "StatefulSet", "DaemonSet", "Job"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> KubernetesFiles() =>
        Directory.EnumerateFiles(Path.Combine(Root, "k8s"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Every object of every manifest, with the file it stands in.</summary>
    public static IEnumerable<(string File, YamlMappingNode Object)> Objects() => KubernetesFiles().SelectMany(file => Documents(file).Select(o => (Path.GetRelativePath(Root, file), o)));

    public static IEnumerable<(string File, YamlMappingNode Object)> OfKind(string kind) => Objects().Where(o => o.Object.Text("kind") == kind);

    /// <summary>Pod templates with the object that owns each.</summary>
    public static IEnumerable<(string Name, YamlMappingNode Pod, YamlMappingNode Labels)> Pods() =>
        from entry in Objects()
        where PodOwners.Contains(entry.Object.Text("kind"))
        let template = entry.Object.Map("spec")!.Map("template")!
        select ($"{entry.File}:{entry.Object.Map("metadata")!.Text("name")}", template.Map("spec")!, template.Map("metadata")!.Map("labels")!);

    public static IReadOnlyList<YamlMappingNode> Documents(string file)
    {
        var stream = new YamlStream();
        using var text = File.OpenText(file);
        stream.Load(text);
        return [.. stream.Documents.Select(d => (YamlMappingNode)d.RootNode)];
    }

    public static YamlMappingNode? Map(this YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child as YamlMappingNode : null;

    public static IReadOnlyList<YamlNode> List(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) && child is YamlSequenceNode list ? [.. list.Children] : [];

    public static string? Text(this YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? (child as YamlScalarNode)?.Value : null;

    public static IReadOnlyList<string> Words(this YamlMappingNode node, string key) => [.. node.List(key).OfType<YamlScalarNode>().Select(s => s.Value!)];

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
