using System.Collections.Immutable;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Store.Maintenance;

/// <summary>Something in the store that should not be so.</summary>
/// <param name="Project">Null when it concerns none.</param>
public sealed record StoreFinding(ProjectId? Project, string What);

/// <param name="Findings">The first ones; <paramref name="FindingsTotal"/> counts all. None: the store is sound.</param>
public sealed record StoreReport(long Projects, long Events, long Artifacts, ImmutableArray<StoreFinding> Findings, long FindingsTotal)
{
    public bool IsSound => FindingsTotal == 0;
}

/// <param name="Projects">By id; what a restored store must fold to.</param>
/// <param name="Files">By name in the folder of the backup.</param>
/// <param name="ArtifactsMissing">Artifacts that the journals name and the farm did not have when the backup was made.</param>
public sealed record BackupManifest(
    int Format,
    int Schema,
    long MadeMs,
    ImmutableArray<BackupProject> Projects,
    ImmutableArray<BackupFile> Files,
    long Artifacts,
    long ArtifactsMissing);

/// <param name="StateSha256">Of the state that the events fold to.</param>
public sealed record BackupProject(string Id, long Events, string StateSha256);

/// <param name="Rows">Lines after the first, which names the columns.</param>
public sealed record BackupFile(string Name, long Rows, string Sha256);
