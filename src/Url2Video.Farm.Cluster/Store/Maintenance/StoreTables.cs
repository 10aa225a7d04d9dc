using System.Data.Common;

namespace Url2Video.Farm.Cluster.Store.Maintenance;

/// <summary>Which tables a backup has. What is only true while servers run is left out, and so are snapshots, which are disposable.</summary>
internal static class StoreTables
{
    public const string Journal = "journal";

    private static readonly string[] Passing = ["farm_schema", "farm_server", "farm_lease", "farm_change"];

    public static async Task<IReadOnlyList<string>> NamesAsync(FarmDatabase database, DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        using var command = database.CommandOf(connection, database.Store.Kind == StoreKind.Postgres
            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name LIKE 'farm@_%' ESCAPE '@' ORDER BY 1"
            : "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'farm@_%' ESCAPE '@' ORDER BY 1");
        command.Transaction = transaction;
        using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var names = new List<string> { Journal };
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            if (!Passing.Contains(rows.GetString(0), StringComparer.Ordinal))
            {
                names.Add(rows.GetString(0));
            }
        }

        return names;
    }

    /// <summary>Everything of one table; the journal by project, so that each can be folded as it passes.</summary>
    public static string Select(string table) => table == Journal
        ? "SELECT persistence_id, sequence_number, manifest, message, ordering, created, deleted, identifier, writer_uuid FROM journal ORDER BY persistence_id, sequence_number"
        : $"SELECT * FROM {table}";
}
