using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Store.Maintenance;

/// <summary>
/// Looks whether what the store says is true: events without gaps that can be read and folded, artifacts that are there, packages that
/// name artifacts that are there. Reads only; a farm may run meanwhile.
/// </summary>
/// <param name="artifacts">Null: artifacts are not looked at.</param>
public sealed class StoreCheck(FarmDatabase database, ArtifactStore? artifacts)
{
    private const int FindingsMax = 1_000;
    private const int PackageRowsPerPage = 5_000;

    private readonly DatabaseJournal _journal = new DatabaseJournal(database);
    private readonly List<StoreFinding> _findings = [];
    private readonly HashSet<ArtifactRef> _looked = [];
    private long _total;
    private long _events;

    /// <param name="hashes">Also reads every artifact and compares its bytes with its name: as long as the disk takes.</param>
    public async Task<StoreReport> RunAsync(bool hashes, CancellationToken cancellation)
    {
        var projects = 0L;
        ProjectId? before = null;
        while (true)
        {
            var page = await _journal.ProjectsAsync(before, Limits.JournalPageProjectsMax, cancellation).ConfigureAwait(false);
            foreach (var project in page)
            {
                await ProjectAsync(project, hashes, cancellation).ConfigureAwait(false);
            }

            projects += page.Count;
            if (page.Count < Limits.JournalPageProjectsMax)
            {
                break;
            }

            before = page[^1];
        }

        await PackagesAsync(hashes, cancellation).ConfigureAwait(false);
        await ListAsync(cancellation).ConfigureAwait(false);
        return new StoreReport(projects, _events, _looked.Count, [.. _findings], _total);
    }

    private async Task ProjectAsync(ProjectId project, bool hashes, CancellationToken cancellation)
    {
        var (state, last) = (new ProjectState(project), 0L);
        try
        {
            while (true)
            {
                var page = await _journal.EventsAsync(project, last + 1, Limits.JournalPageEventsMax, cancellation).ConfigureAwait(false);
                foreach (var entry in page)
                {
                    if (entry.SequenceNr != last + 1)
                    {
                        Found(project, $"Event {last + 1} is missing: {entry.SequenceNr} follows {last}.");
                    }

                    last = entry.SequenceNr;
                    _events++;
                    state = state.Apply(entry.Event);
                }

                if (page.Count < Limits.JournalPageEventsMax)
                {
                    break;
                }
            }
        }
        catch (FarmException fault) when (fault.Error.Code == ErrorCodes.Format)
        {
            Found(project, fault.Error.Message);
        }
        catch (Exception fault) when (fault is ArgumentException or NullReferenceException or InvalidOperationException)
        {
            Found(project, $"Event {last} does not fit what came before it: {fault.Message}");
        }

        foreach (var artifact in ArtifactsOf.State(state))
        {
            Artifact(project, artifact, hashes);
        }
    }

    private async Task PackagesAsync(bool hashes, CancellationToken cancellation)
    {
        var (project, path) = (string.Empty, string.Empty);
        while (true)
        {
            var page = await database.QueryAsync(
                """
                SELECT f.project, f.path, f.sha256, f.bytes, f.term, COALESCE(p.term, -1) FROM farm_package_file f LEFT JOIN farm_package p ON p.project = f.project
                WHERE f.project > @project OR (f.project = @project AND f.path > @path) ORDER BY f.project, f.path LIMIT @limit
                """,
                static r => (Project: r.GetString(0), Path: r.GetString(1), File: new ArtifactRef(new ArtifactId(r.GetString(2)), r.GetInt64(3)), Term: r.GetInt64(4), Claimed: r.GetInt64(5)),
                cancellation,
                ("project", project),
                ("path", path),
                ("limit", PackageRowsPerPage)).ConfigureAwait(false);
            foreach (var row in page)
            {
                if (row.Term > row.Claimed)
                {
                    Found(new ProjectId(row.Project), $"'{row.Path}' was published in term {row.Term}, which nobody claimed.");
                }

                Artifact(new ProjectId(row.Project), row.File, hashes);
            }

            if (page.Count < PackageRowsPerPage)
            {
                return;
            }

            (project, path) = (page[^1].Project, page[^1].Path);
        }
    }

    // A line that is ahead of its journal tells of events that were lost; one behind is caught up by the projector.
    private async Task ListAsync(CancellationToken cancellation)
    {
        var ahead = await database.QueryAsync(
            """
            SELECT p.id, p.sequence_nr FROM farm_project p
            WHERE p.sequence_nr > COALESCE((SELECT MAX(j.sequence_number) FROM journal j WHERE j.persistence_id = 'project-' || p.id), 0) LIMIT 1000
            """,
            static r => (Id: new ProjectId(r.GetString(0)), Nr: r.GetInt64(1)),
            cancellation).ConfigureAwait(false);
        foreach (var (id, nr) in ahead)
        {
            Found(id, $"The list knows event {nr}; the journal ends before it.");
        }
    }

    private void Artifact(ProjectId project, ArtifactRef artifact, bool hashes)
    {
        if (artifacts is null || !_looked.Add(artifact))
        {
            return;
        }

        if (!artifacts.Exists(artifact))
        {
            Found(project, $"Artifact {artifact.Id} ({artifact.Bytes} bytes) is not there.");
            return;
        }

        try
        {
            if (hashes)
            {
                artifacts.Verify(artifact);
            }
        }
        catch (FarmException fault)
        {
            Found(project, fault.Error.Message);
        }
    }

    private void Found(ProjectId project, string what)
    {
        _total++;
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(new StoreFinding(project, what));
        }
    }
}
