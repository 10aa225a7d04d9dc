using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Bundling;

/// <summary>Looks up files under one directory without ever leaving it.</summary>
internal sealed class BundleDirectory(string directory)
{
    private const int LinksMax = 16;

    private readonly string _root = Resolve(directory) ?? directory;

    /// <returns>Null for anything that is not a regular, non-empty file of bearable size inside the directory.</returns>
    public BundledFile? Find(string path, long bytesMax)
    {
        if (!BundlePath.IsWellFormed(path))
        {
            return null;
        }

        try
        {
            var real = Resolve(Path.Combine(_root, path));
            if (real is null || !real.StartsWith(_root.TrimEnd('/') + "/", StringComparison.Ordinal))
            {
                return null;
            }

            // Pipes and devices have no length.
            var file = new FileInfo(real);
            return file is { Exists: true, Length: > 0 } && file.Length <= bytesMax ? new BundledFile(path, real, file.Length) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="FarmException"><c>ERR_TOO_LARGE</c> for a file inside the directory that is larger than its kind may be.</exception>
    public void RequireBearable(string path, long bytesMax)
    {
        if (Find(path, long.MaxValue) is { } file && file.Bytes > bytesMax)
        {
            throw new FarmException(
                ErrorCodes.TooLarge, $"{path} has {file.Bytes} bytes; {bytesMax} are allowed.", "Compress it or cut it shorter.");
        }
    }

    /// <summary>The path with every link in it followed (realpath); null when a link leads nowhere or in a circle.</summary>
    private static string? Resolve(string path)
    {
        var pending = new Stack<string>(Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var real = "/";
        var links = 0;
        while (pending.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > LinksMax)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                real = "/";
            }

            foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                pending.Push(step);
            }
        }

        return File.Exists(real) || Directory.Exists(real) ? real : null;
    }
}
