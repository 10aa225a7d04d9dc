using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging.Rules;

namespace Url2Video.Farm.Cli.Lint;

/// <summary>A package on disk. Only files that were found by walking the folder are ever opened; links are not followed.</summary>
internal static class PackageFolder
{
    /// <exception cref="FarmException">ERR_SOURCE_NOT_FOUND; ERR_TOO_LARGE for more files or folders than a package has.</exception>
    public static PackageFiles Open(string root, CancellationToken cancellation)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var entries = 0;
        var folders = new Stack<(DirectoryInfo Folder, int Depth)>();
        folders.Push((new DirectoryInfo(root), 0));
        while (folders.TryPop(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var entry in Entries(next.Folder).Where(e => !e.Attributes.HasFlag(FileAttributes.ReparsePoint)))
            {
                Require(++entries <= Limits.LintFilesMax, $"{FindingText.Clean(root)} has more than {Limits.LintFilesMax} files and folders.");
                if (entry is DirectoryInfo folder)
                {
                    Require(next.Depth < Limits.LintDepthMax, $"{FindingText.Clean(folder.FullName)} lies more than {Limits.LintDepthMax} folders deep.");
                    folders.Push((folder, next.Depth + 1));
                }
                else
                {
                    paths.Add(Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'));
                }
            }
        }

        return new PackageFiles(paths, path => Read(Path.Combine(root, path), cancellation));
    }

    private static FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().Take(Limits.LintFilesMax + 1)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FarmException(ErrorCodes.SourceNotFound, FindingText.Clean($"{folder.FullName} cannot be read: {e.Message}"), "Name a folder that may be read.", cause: e);
        }
    }

    private static ReadOnlyMemory<byte> Read(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var bytes = new FileInfo(path).Length;
        if (bytes > Limits.LintMediaBytesMax)
        {
            throw new InvalidDataException($"has {bytes} bytes; at most {Limits.LintMediaBytesMax} are read");
        }

        // A pipe or a device has no length, and opening one may wait for ever.
        if (bytes == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        // No more than was there when it was measured, should somebody write to it.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var content = new byte[bytes];
        return content.AsMemory(0, file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false));
    }

    private static void Require(bool isTrue, string what)
    {
        if (!isTrue)
        {
            throw new FarmException(ErrorCodes.TooLarge, what, "Name the folder of one package.");
        }
    }
}
