using System.Security.Cryptography;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Plugins;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>A plugin where it lies: its manifest, and that its files are those that the manifest names.</summary>
public sealed record PluginFolder(string Path, PluginManifest Manifest)
{
    /// <exception cref="FarmException"><c>ERR_PLUGIN_INVALID</c>.</exception>
    public static PluginFolder Read(string path)
    {
        var manifest = System.IO.Path.Combine(path, PluginManifest.FileName);
        try
        {
            using var file = File.OpenRead(manifest);
            if (file.Length > PluginManifestReader.BytesMax)
            {
                throw Wrong(path, $"plugin.json has {file.Length} bytes; {PluginManifestReader.BytesMax} are allowed.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return new PluginFolder(System.IO.Path.GetFullPath(path), PluginManifestReader.Read(bytes, NameOf(path)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"plugin.json cannot be read: {fault.Message}");
        }
    }

    /// <summary>Every file is as the manifest says, and there is no other: what is not hashed could be anything tomorrow.</summary>
    /// <exception cref="FarmException"><c>ERR_PLUGIN_INVALID</c>, naming the first file that is not.</exception>
    public void Verify()
    {
        var here = FilesIn(Path).Select(f => System.IO.Path.GetRelativePath(Path, f.FullName).Replace('\\', '/')).Where(n => n != PluginManifest.FileName).ToHashSet(StringComparer.Ordinal);
        if (here.FirstOrDefault(n => Manifest.Files.All(f => f.Path != n)) is { } stranger)
        {
            throw Wrong(Path, $"\"{stranger}\" is not in plugin.json.");
        }

        foreach (var file in Manifest.Files)
        {
            if (!here.Contains(file.Path))
            {
                throw Wrong(Path, $"\"{file.Path}\" is not there.");
            }

            if (HashOf(System.IO.Path.Combine(Path, file.Path)) != file.Sha256)
            {
                throw Wrong(Path, $"\"{file.Path}\" is not the file that plugin.json names.");
            }
        }
    }

    /// <summary>All files of a folder, its links refused and its size bounded.</summary>
    /// <exception cref="FarmException"><c>ERR_PLUGIN_INVALID</c>.</exception>
    public static IReadOnlyList<FileInfo> FilesIn(string path)
    {
        var files = new List<FileInfo>();
        long bytes = 0;
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry.LinkTarget is not null)
            {
                throw Wrong(path, $"\"{entry.Name}\" is a link.");
            }

            if (entry is FileInfo file)
            {
                files.Add(file);
                bytes += file.Length;
                if (files.Count > PluginManifestReader.FilesMax + 1 || bytes > Limits.PluginBytesMax)
                {
                    throw Wrong(path, $"it has more than {PluginManifestReader.FilesMax} files or {Limits.PluginBytesMax} bytes.");
                }
            }
        }

        return files;
    }

    public static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static FarmException Wrong(string path, string message) =>
        new(ErrorCodes.PluginInvalid, $"The plugin {NameOf(path)}: {message}", "`url2video plugin seal DIR` writes down what is there; do it only with files that you trust.");

    private static string NameOf(string path) => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
}
