using System.Collections.Immutable;
using System.Data.Common;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.ReadModels;

/// <summary>What to list.</summary>
/// <param name="Tenant">Only this tenant's; null for all.</param>
/// <param name="Stage">Only in this stage; null for any.</param>
/// <param name="Text">Only those with this text in title or id, whatever its case; null for any. At most <see cref="TextCharsMax"/> characters.</param>
/// <param name="Before">Where the page before ended; null for the newest.</param>
/// <param name="Limit">1..<see cref="Limits.ListPageProjectsMax"/>.</param>
public sealed record ProjectQuery(string? Tenant = null, ProjectStage? Stage = null, string? Text = null, ProjectId? Before = null, int Limit = Limits.ListPageProjectsMax)
{
    public const int TextCharsMax = 200;
}

/// <param name="Next">For <see cref="ProjectQuery.Before"/> of the next page; null at the end.</param>
public sealed record ProjectPage(ImmutableArray<ProjectRow> Projects, ProjectId? Next);

/// <summary>Lists projects without waking any. Safe for any thread.</summary>
public interface IProjectListing
{
    /// <summary>The newest first.</summary>
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>, <c>ERR_STORE_UNREACHABLE</c>.</exception>
    Task<ProjectPage> ListAsync(ProjectQuery query, CancellationToken cancellation);
}

/// <summary>The list of a farm of servers: the read model, which follows the journal by a fraction of a second.</summary>
public sealed class ProjectListing(FarmDatabase database) : IProjectListing
{
    private const string Columns =
        "id, tenant, band, stage, is_paused, title, error, out_dir, submitted_ms, ended_ms, chunks_done, chunks_total, sequence_nr";

    public async Task<ProjectPage> ListAsync(ProjectQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        Check(query);
        var (conditions, values) = Conditions(query);
        try
        {
            var rows = await database.QueryAsync(
                $"SELECT {Columns} FROM farm_project WHERE {string.Join(" AND ", conditions)} ORDER BY id DESC LIMIT @limit", Read, cancellation, [.. values]).ConfigureAwait(false);
            return PageOf(rows, query.Limit);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            throw StoreFaults.Unreachable(database.Store, fault);
        }
    }

    /// <summary>Null: not in the read model (yet).</summary>
    public async Task<ProjectRow?> FindAsync(ProjectId project, CancellationToken cancellation)
    {
        var found = await database.QueryAsync($"SELECT {Columns} FROM farm_project WHERE id = @id", Read, cancellation, ("id", project.Value)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    internal static void Check(ProjectQuery query)
    {
        if (query.Limit is < 1 or > Limits.ListPageProjectsMax || query.Text is { Length: > ProjectQuery.TextCharsMax }
            || query.Before is { } before && !ProjectIds.TryParse(before.Value, out _))
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument,
                "The list was not asked for in a way that can be answered.",
                $"Ask for 1 to {Limits.ListPageProjectsMax} projects, a text of at most {ProjectQuery.TextCharsMax} characters, and give back the cursor as it came.");
        }
    }

    /// <summary>One row more than wanted was read, if there was one.</summary>
    internal static ProjectPage PageOf(IReadOnlyList<ProjectRow> rows, int limit) => rows.Count > limit
        ? new([.. rows.Take(limit)], rows[limit - 1].Id)
        : new([.. rows], null);

    private static (List<string> Conditions, List<(string, object?)> Values) Conditions(ProjectQuery query)
    {
        var conditions = new List<string> { "1 = 1" };
        var values = new List<(string, object?)> { ("limit", query.Limit + 1) };
        if (query.Tenant is { } tenant)
        {
            conditions.Add("tenant = @tenant");
            values.Add(("tenant", tenant));
        }

        if (query.Stage is { } stage)
        {
            conditions.Add("stage = @stage");
            values.Add(("stage", ProjectRow.StageWord(stage)));
        }

        if (!string.IsNullOrEmpty(query.Text))
        {
            conditions.Add(@"search LIKE @text ESCAPE '\'");
            var text = query.Text.ToLowerInvariant().Replace(@"\", @"\\", StringComparison.Ordinal);
            values.Add(("text", $"%{text.Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%"));
        }

        if (query.Before is { } before)
        {
            conditions.Add("id < @before");
            values.Add(("before", before.Value));
        }

        return (conditions, values);
    }

    private static ProjectRow Read(DbDataReader r) => new(
        new ProjectId(r.GetString(0)),
        r.GetString(1),
        (Band)r.GetInt32(2),
        ProjectRow.StageOf(r.GetString(3)),
        r.GetInt32(4) != 0,
        r.IsDBNull(5) ? null : r.GetString(5),
        ProjectRow.ErrorOf(r.IsDBNull(6) ? null : r.GetString(6)),
        r.GetString(7),
        r.GetInt64(8),
        r.IsDBNull(9) ? null : r.GetInt64(9),
        r.GetInt32(10),
        r.GetInt32(11),
        r.GetInt64(12));
}

/// <summary>The list of an embedded farm, folded from the journal: it has tens of projects, and no tables to keep beside its journal.</summary>
/// <param name="journal">Null while there is none.</param>
internal sealed class JournalListing(Func<IFarmJournal?> journal) : IProjectListing
{
    public async Task<ProjectPage> ListAsync(ProjectQuery query, CancellationToken cancellation)
    {
        ProjectListing.Check(query);
        var found = new List<ProjectRow>();
        var before = query.Before;
        while (journal() is { } source && found.Count <= query.Limit)
        {
            var ids = await source.ProjectsAsync(before, Limits.JournalPageProjectsMax, cancellation).ConfigureAwait(false);
            foreach (var id in ids)
            {
                if (await RowAsync(source, id, cancellation).ConfigureAwait(false) is { } row && Fits(query, row))
                {
                    found.Add(row);
                }
            }

            if (ids.Count < Limits.JournalPageProjectsMax)
            {
                break;
            }

            before = ids[^1];
        }

        return ProjectListing.PageOf([.. found.Take(query.Limit + 1)], query.Limit);
    }

    // A journal that cannot be read must not hide the others.
    private static async Task<ProjectRow?> RowAsync(IFarmJournal journal, ProjectId id, CancellationToken cancellation)
    {
        try
        {
            var (state, last) = await journal.StateAsync(id, cancellation).ConfigureAwait(false);
            return ProjectRow.Of(state, last);
        }
        catch (FarmException fault) when (fault.Error.Code == ErrorCodes.Format)
        {
            return new ProjectRow(id, string.Empty, Band.Normal, ProjectStage.Failed, false, null, fault.Error, string.Empty, ProjectIds.SubmittedMs(id), null, 0, 0, 0);
        }
    }

    private static bool Fits(ProjectQuery query, ProjectRow row) =>
        (query.Tenant is null || row.Tenant == query.Tenant)
        && (query.Stage is null || row.Stage == query.Stage)
        && (string.IsNullOrEmpty(query.Text) || row.SearchText.Contains(query.Text.ToLowerInvariant(), StringComparison.Ordinal));
}
