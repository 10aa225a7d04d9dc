using System.Collections.Immutable;
using System.Data.Common;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Store.Maintenance;

/// <summary>Puts a backup into an empty store, of either kind, and proves that a store folds to what a backup says.</summary>
public sealed class StoreRestore(FarmDatabase database)
{
    /// <summary>All or nothing.</summary>
    /// <param name="folder">What <see cref="StoreBackup"/> wrote.</param>
    /// <exception cref="FarmException"><c>ERR_CONFLICT</c>: the store is not empty. <c>ERR_STORE_NEWER</c>: the backup is of a newer farm.
    /// <c>ERR_FORMAT</c>, <c>ERR_ARTIFACT_CORRUPT</c>: the backup is damaged. <c>ERR_SOURCE_NOT_FOUND</c>, <c>ERR_STORE_UNREACHABLE</c>.</exception>
    public async Task<BackupManifest> RunAsync(string folder, CancellationToken cancellation)
    {
        var manifest = await StoreBackup.ReadManifestAsync(folder, cancellation).ConfigureAwait(false);
        if (manifest.Schema > Migrations.Scripts.Length)
        {
            throw new FarmException(
                ErrorCodes.StoreNewer, $"The backup has tables of version {manifest.Schema}; this farm knows {Migrations.Scripts.Length}.", "Restore it with the version that made it.");
        }

        await CheckFilesAsync(folder, manifest, cancellation).ConfigureAwait(false);
        try
        {
            await database.TransactAsync(
                async (connection, transaction) =>
                {
                    var tables = await StoreTables.NamesAsync(database, connection, transaction, cancellation).ConfigureAwait(false);
                    await CheckEmptyAsync(connection, transaction, cancellation).ConfigureAwait(false);
                    foreach (var table in tables.Where(t => manifest.Files.Any(f => f.Name == t + ".jsonl")))
                    {
                        await FillAsync(connection, transaction, table, Path.Combine(folder, table + ".jsonl"), cancellation).ConfigureAwait(false);
                    }

                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            throw StoreFaults.Unreachable(database.Store, fault);
        }

        return manifest;
    }

    /// <summary>Folds every project of the backup in the store, as far as the backup went, and compares.</summary>
    /// <returns>What differs; none: every project of the backup is in the store, event for event.</returns>
    public async Task<ImmutableArray<StoreFinding>> VerifyAsync(string folder, CancellationToken cancellation)
    {
        var manifest = await StoreBackup.ReadManifestAsync(folder, cancellation).ConfigureAwait(false);
        await CheckFilesAsync(folder, manifest, cancellation).ConfigureAwait(false);
        var journal = new DatabaseJournal(database);
        var findings = ImmutableArray.CreateBuilder<StoreFinding>();
        foreach (var project in manifest.Projects)
        {
            var id = new ProjectId(project.Id);
            var (state, events) = await FoldAsync(journal, id, project.Events, cancellation).ConfigureAwait(false);
            if (events != project.Events)
            {
                findings.Add(new StoreFinding(id, $"{project.Events} events were backed up; the store has {events} of them."));
            }
            else if (StateHash.Of(state) != project.StateSha256)
            {
                findings.Add(new StoreFinding(id, "Its events fold to another state than they did."));
            }
        }

        return findings.ToImmutable();
    }

    private static async Task<(ProjectState State, long Events)> FoldAsync(DatabaseJournal journal, ProjectId id, long eventsMax, CancellationToken cancellation)
    {
        var (state, events) = (new ProjectState(id), 0L);
        while (events < eventsMax)
        {
            var page = await journal.EventsAsync(id, events + 1, (int)Math.Min(Limits.JournalPageEventsMax, eventsMax - events), cancellation).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            state = page.Aggregate(state, (s, e) => s.Apply(e.Event));
            events += page.Count;
        }

        return (state, events);
    }

    private static async Task CheckFilesAsync(string folder, BackupManifest manifest, CancellationToken cancellation)
    {
        foreach (var file in manifest.Files)
        {
            // Names come from a file that somebody may have changed.
            if (Path.GetFileName(file.Name) != file.Name || !File.Exists(Path.Combine(folder, file.Name))
                || await RowFile.HashAsync(Path.Combine(folder, file.Name), cancellation).ConfigureAwait(false) != file.Sha256)
            {
                throw new FarmException(ErrorCodes.ArtifactCorrupt, $"The backup is damaged: {Path.GetFileName(file.Name)} is not what was written.", "Take another copy of it.");
            }
        }
    }

    private async Task CheckEmptyAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        using var command = database.CommandOf(connection, "SELECT COUNT(*) FROM (SELECT 1 AS n FROM journal LIMIT 1) AS first_row");
        command.Transaction = transaction;
        if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture) > 0)
        {
            throw new FarmException(ErrorCodes.Conflict, $"The store {database.Store} has projects.", "Restore into an empty database.");
        }
    }

    private async Task FillAsync(DbConnection connection, DbTransaction transaction, string table, string path, CancellationToken cancellation)
    {
        using var clear = database.CommandOf(connection, $"DELETE FROM {table}"); // What a server writes at its first start: its own secrets.
        clear.Transaction = transaction;
        await clear.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        await foreach (var row in RowFile.ReadAsync(path).WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (insert.CommandText.Length == 0)
            {
                Prepare(insert, table, [.. row.Cast<string>()]);
                continue;
            }

            for (var i = 0; i < row.Length; i++)
            {
                insert.Parameters[i].Value = table == StoreTables.Journal && insert.Parameters[i].ParameterName == "deleted" ? row[i] is 1L : row[i] ?? DBNull.Value;
            }

            await insert.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        if (table == StoreTables.Journal && database.Store.Kind == StoreKind.Postgres)
        {
            using var sequence = database.CommandOf(
                connection, "SELECT setval(pg_get_serial_sequence('journal', 'ordering'), COALESCE((SELECT MAX(ordering) FROM journal), 0) + 1, false)");
            sequence.Transaction = transaction;
            await sequence.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Prepare(DbCommand insert, string table, string[] columns)
    {
        // Columns come from a file that somebody may have changed, and become SQL.
        if (columns.Any(c => c.Length == 0 || c.Any(letter => letter is not ('_' or (>= 'a' and <= 'z') or (>= '0' and <= '9')))))
        {
            throw new FarmException(ErrorCodes.Format, $"The backup of {table} names a column that no table has.");
        }

        var system = table == StoreTables.Journal && database.Store.Kind == StoreKind.Postgres ? "OVERRIDING SYSTEM VALUE " : string.Empty;
        insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) {system}VALUES ({string.Join(", ", columns.Select(c => "@" + c))})";
        foreach (var column in columns)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = column;
            insert.Parameters.Add(parameter);
        }
    }
}
