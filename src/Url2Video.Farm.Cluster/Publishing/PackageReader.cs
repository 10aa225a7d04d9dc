using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>One file of a published package.</summary>
/// <param name="Path">Relative, forward slashes: <c>hls/master.m3u8</c>, <c>media/720p/seg-00001.m4s</c>, <c>video.mp4</c>.</param>
public sealed record PackageFile(string Path, ArtifactRef File);

/// <summary>What a film has published so far, for whoever serves it. Safe for any thread.</summary>
public sealed class PackageReader(FarmDatabase database)
{
    /// <summary>A path that no package has is refused before the store is asked.</summary>
    private const int PathCharsMax = 200;

    /// <param name="path">From outside, as it came: it is compared and nothing else.</param>
    /// <returns>Null: not published (yet).</returns>
    public async Task<ArtifactRef?> FindAsync(ProjectId project, string path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > PathCharsMax || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var found = await database.QueryAsync(
            "SELECT sha256, bytes FROM farm_package_file WHERE project = @project AND path = @path",
            static r => new ArtifactRef(new ArtifactId(r.GetString(0)), r.GetInt64(1)),
            cancellation,
            ("project", project.Value),
            ("path", path)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Every file, by path.</summary>
    public async Task<IReadOnlyList<PackageFile>> ListAsync(ProjectId project, CancellationToken cancellation) => await database.QueryAsync(
        "SELECT path, sha256, bytes FROM farm_package_file WHERE project = @project ORDER BY path",
        static r => new PackageFile(r.GetString(0), new ArtifactRef(new ArtifactId(r.GetString(1)), r.GetInt64(2))),
        cancellation,
        ("project", project.Value)).ConfigureAwait(false);
}
