using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Ingest;

/// <summary>The files of a submission by their paths.</summary>
internal static class Bundle
{
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c> for a path that leaves the bundle or occurs twice.</exception>
    public static IReadOnlyDictionary<string, ArtifactRef> FilesOf(ImmutableArray<BundleFile> files)
    {
        var byPath = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!BundlePath.IsWellFormed(file.Path) || !byPath.TryAdd(file.Path, file.Artifact))
            {
                throw new FarmException(ErrorCodes.InvalidArgument, $"The bundle path \"{file.Path}\" is not allowed or occurs twice.");
            }
        }

        return byPath;
    }

    /// <returns>Empty, or the directory with its slash: paths in a document are relative to the document.</returns>
    public static string DirectoryOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
