using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Text.Json;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Store.Maintenance;

/// <summary>
/// Copies journal and tables as they stood at one moment into a folder, while the farm goes on: <c>manifest.json</c>, a file a table, and the list of the
/// artifacts with their hashes. The artifacts themselves are files named by their hash: any copy of their folder made after the backup goes with it.
/// The folder holds the farm's secrets and is for its owner's eyes.
/// </summary>
public sealed class StoreBackup(FarmDatabase database, ArtifactStore? artifacts, TimeProvider clock)
{
    public const int Format = 1;
    public const string ManifestFile = "manifest.json";
    public const string ArtifactsFile = "artifacts.tsv";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <param name="folder">Made; must not be there yet.</param>
    /// <exception cref="FarmException"><c>ERR_CONFLICT</c>: the folder is there. <c>ERR_FORMAT</c>: an event cannot be read. <c>ERR_STORE_UNREACHABLE</c>, <c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    public async Task<BackupManifest> RunAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            Make(folder);
            return await CopyAsync(folder, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            throw StoreFaults.Unreachable(database.Store, fault);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, $"write the backup {folder}");
        }
    }

    internal static async Task<BackupManifest> ReadManifestAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(Path.Combine(folder, ManifestFile), cancellation).ConfigureAwait(false), Json);
            return manifest is { Format: Format }
                ? manifest
                : throw new FarmException(ErrorCodes.Format, $"{folder} is a backup of a form that is not known here.", "Restore it with the version that made it.");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FarmException(ErrorCodes.SourceNotFound, $"There is no backup in {folder}.", "Give the folder that backup wrote.", cause: fault);
        }
        catch (JsonException fault)
        {
            throw new FarmException(ErrorCodes.Format, $"The manifest of the backup {folder} is damaged: {fault.Message}", cause: fault);
        }
    }

    private static void Make(string folder)
    {
        if (Path.Exists(folder))
        {
            throw new FarmException(ErrorCodes.Conflict, $"{folder} is there already.", "Name a folder that is not there yet.");
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<BackupManifest> CopyAsync(string folder, CancellationToken cancellation)
    {
        var files = ImmutableArray.CreateBuilder<BackupFile>();
        var folding = new Folding();
        var connection = await database.ConnectAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // Every SELECT of it sees the store at the moment of its first.
            var level = database.Store.Kind == StoreKind.Postgres ? IsolationLevel.RepeatableRead : IsolationLevel.Serializable;
            var transaction = await connection.BeginTransactionAsync(level, cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                foreach (var table in await StoreTables.NamesAsync(database, connection, transaction, cancellation).ConfigureAwait(false))
                {
                    using var command = database.CommandOf(connection, StoreTables.Select(table));
                    command.Transaction = transaction;
                    command.CommandTimeout = 0;
                    using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                    var name = table + ".jsonl";
                    var (count, sha) = await RowFile.WriteAsync(
                        Path.Combine(folder, name), rows, table == StoreTables.Journal ? folding.Take : null, cancellation).ConfigureAwait(false);
                    files.Add(new BackupFile(name, count, sha));
                }
            }
        }

        folding.End();
        var missing = await WriteArtifactsAsync(Path.Combine(folder, ArtifactsFile), folding.Artifacts, cancellation).ConfigureAwait(false);
        files.Add(new BackupFile(ArtifactsFile, folding.Artifacts.Count, await RowFile.HashAsync(Path.Combine(folder, ArtifactsFile), cancellation).ConfigureAwait(false)));
        var manifest = new BackupManifest(
            Format, Migrations.Scripts.Length, clock.GetUtcNow().ToUnixTimeMilliseconds(), folding.Projects.ToImmutable(), files.ToImmutable(), folding.Artifacts.Count, missing);

        // Last: a folder without it is no backup.
        await File.WriteAllBytesAsync(Path.Combine(folder, ManifestFile), JsonSerializer.SerializeToUtf8Bytes(manifest, Json), cancellation).ConfigureAwait(false);
        return manifest;
    }

    private async Task<long> WriteArtifactsAsync(string path, IReadOnlyCollection<ArtifactRef> all, CancellationToken cancellation)
    {
        var missing = 0L;
        var writer = new StreamWriter(path);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var artifact in all.OrderBy(a => a.Id.Sha256, StringComparer.Ordinal))
            {
                var isThere = artifacts?.Exists(artifact) ?? true;
                missing += isThere ? 0 : 1;
                await writer.WriteLineAsync($"{artifact.Id.Sha256}\t{artifact.Bytes}\t{(isThere ? "there" : "missing")}".AsMemory(), cancellation).ConfigureAwait(false);
            }
        }

        return missing;
    }

    /// <summary>Folds the projects as their events pass, one after the other.</summary>
    private sealed class Folding
    {
        private ProjectState? _state;
        private long _events;

        public ImmutableArray<BackupProject>.Builder Projects { get; } = ImmutableArray.CreateBuilder<BackupProject>();

        public HashSet<ArtifactRef> Artifacts { get; } = [];

        public void Take(DbDataReader row)
        {
            if (!PersistenceIds.TryProject(row.GetString(0), out var project))
            {
                return;
            }

            if (_state is null || _state.Id != project)
            {
                End();
                (_state, _events) = (new ProjectState(project), 0);
            }

            _state = _state.Apply(JournalEntry.Of(project, row.GetInt64(1), row.GetString(2), (byte[])row.GetValue(3)).Event);
            _events++;
        }

        public void End()
        {
            if (_state is { } state)
            {
                Projects.Add(new BackupProject(state.Id.Value, _events, StateHash.Of(state)));
                Artifacts.UnionWith(ArtifactsOf.State(state));
                _state = null;
            }
        }
    }
}
