using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>The state of a project at one event, so that not all events before it need be read. Disposable: see <see cref="SnapshotSerializer"/>.</summary>
internal sealed record ProjectSnapshot(ProjectState State);

/// <summary>When a project keeps a snapshot.</summary>
internal static class SnapshotPolicy
{
    /// <summary>Fewer are read in the time that a snapshot takes.</summary>
    private const int EventsMin = 200;

    /// <summary>
    /// Each snapshot waits for half as many events again as the one before it had, so that all the snapshots of a film together are about
    /// three times the last, however long the film is, and a recovery reads at most a third of the events.
    /// </summary>
    public static bool IsDue(long sequenceNr, long lastSnapshotNr) => sequenceNr - lastSnapshotNr >= Math.Max(EventsMin, lastSnapshotNr / 2);
}
