using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Playback;

/// <summary>What a film has published so far: paths and their artifacts.</summary>
internal sealed class PackageFiles(FarmDatabase database)
{
    private const int PathCharsMax = 200;

    public async Task<ArtifactRef?> FindAsync(ProjectId project, string path, CancellationToken cancellation)
    {
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

    public async Task<IReadOnlyList<(string Path, ArtifactRef File)>> ListAsync(ProjectId project, CancellationToken cancellation) => await database.QueryAsync(
        "SELECT path, sha256, bytes FROM farm_package_file WHERE project = @project ORDER BY path",
        static r => (r.GetString(0), new ArtifactRef(new ArtifactId(r.GetString(1)), r.GetInt64(2))),
        cancellation,
        ("project", project.Value)).ConfigureAwait(false);
}
