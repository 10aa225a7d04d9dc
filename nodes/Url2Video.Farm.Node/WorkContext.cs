using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node;

/// <summary>What a running job tells about itself; the newest replaces the older.</summary>
/// <param name="Done">Units finished: frames for a render, samples for sound, bytes for a download.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
public readonly record struct WorkProgress(long Done, long Total);

/// <summary>All that a job may use of its node.</summary>
/// <param name="Lease">The right under which it runs: for logs, never for names of results.</param>
/// <param name="Artifacts">Reads what the job names, stores what it makes.</param>
/// <param name="ScratchDir">An empty folder of this attempt alone; removed afterwards, whatever happens.</param>
/// <param name="Progress">May be called from any thread, as often as convenient: the node thins it out.</param>
/// <param name="Cancellation">Fires when the lease is lost, the time is up or the node stops.</param>
public sealed record WorkContext(
    Lease Lease,
    ArtifactStore Artifacts,
    string ScratchDir,
    IProgress<WorkProgress> Progress,
    CancellationToken Cancellation)
{
    /// <summary>A folder that attempts of the same film share on this node, see <see cref="Running.FilmFolders"/>; null: none.</summary>
    public string? FilmDir { get; init; }
}
