using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Store;

/// <summary>
/// The tables' history. A script that was released is never changed: a change is a new script. The order of the list is the order of the
/// versions; scripts of one release may be added at the end only.
/// </summary>
internal static class Migrations
{
    /// <summary>One number of PostgreSQL's advisory locks, ours.</summary>
    private const long LockNumber = 0x7532_7666;

    /// <summary>
    /// Programs that know at least so many scripts can work with the tables as all scripts leave them. Raised only by a script that takes something
    /// away or changes a meaning: one that only adds lets the version before go on, and come back.
    /// </summary>
    private const int Least = LeastColumn;

    /// <summary>The script that brought the column in which stores say what <see cref="Least"/> is.</summary>
    private const int LeastColumn = 10;

    public static readonly ImmutableArray<string> Scripts =
    [
        """
        CREATE TABLE farm_server (address TEXT PRIMARY KEY, url TEXT NOT NULL, version TEXT NOT NULL, started_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL);
        CREATE TABLE farm_lease (name TEXT PRIMARY KEY, owner TEXT NOT NULL, version BIGINT NOT NULL, until_ms BIGINT NOT NULL);
        CREATE TABLE farm_secret (name TEXT PRIMARY KEY, value {BLOB} NOT NULL, made_ms BIGINT NOT NULL);
        """,
        """
        CREATE TABLE farm_key (id TEXT PRIMARY KEY, mac {BLOB} NOT NULL, last4 TEXT NOT NULL, name TEXT NOT NULL, tenant TEXT NOT NULL, scopes TEXT NOT NULL,
          made_ms BIGINT NOT NULL, expires_ms BIGINT, revoked_ms BIGINT, used_ms BIGINT);
        CREATE TABLE farm_idempotency (tenant TEXT NOT NULL, key TEXT NOT NULL, route TEXT NOT NULL, body_sha TEXT NOT NULL, project TEXT NOT NULL, status INTEGER,
          answer {BLOB}, made_ms BIGINT NOT NULL, PRIMARY KEY (tenant, key, route));
        """,
        """
        CREATE TABLE farm_join_token (id TEXT PRIMARY KEY, mac {BLOB} NOT NULL, name TEXT NOT NULL, uses_left INTEGER NOT NULL, made_ms BIGINT NOT NULL,
          expires_ms BIGINT NOT NULL, revoked_ms BIGINT);
        CREATE TABLE farm_node (name TEXT PRIMARY KEY, epoch BIGINT NOT NULL, state TEXT NOT NULL, reason TEXT, facts TEXT NOT NULL, schedule TEXT, version TEXT NOT NULL,
          joined_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL);
        CREATE TABLE farm_credential (serial TEXT PRIMARY KEY, node TEXT NOT NULL, expires_ms BIGINT NOT NULL, revoked_ms BIGINT, made_ms BIGINT NOT NULL);
        """,
        """
        CREATE TABLE farm_project (id TEXT PRIMARY KEY, tenant TEXT NOT NULL, band INTEGER NOT NULL, stage TEXT NOT NULL, title TEXT, error_code TEXT, error_text TEXT,
          submitted_ms BIGINT NOT NULL, ended_ms BIGINT, chunks_done INTEGER NOT NULL, chunks_total INTEGER NOT NULL, sequence_nr BIGINT NOT NULL);
        CREATE INDEX farm_project_tenant ON farm_project (tenant, id);
        CREATE TABLE farm_offset (name TEXT PRIMARY KEY, position BIGINT NOT NULL);
        CREATE TABLE farm_package_file (project TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BIGINT NOT NULL, term BIGINT NOT NULL, PRIMARY KEY (project, path));
        CREATE TABLE farm_package (project TEXT PRIMARY KEY, term BIGINT NOT NULL);
        CREATE TABLE farm_result (key TEXT PRIMARY KEY, result {BLOB} NOT NULL, made_ms BIGINT NOT NULL);
        """,
        """
        CREATE TABLE farm_job_log (project TEXT NOT NULL, job TEXT NOT NULL, attempt BIGINT NOT NULL, node TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BIGINT NOT NULL,
          outcome TEXT NOT NULL, started_ms BIGINT NOT NULL, ended_ms BIGINT NOT NULL, PRIMARY KEY (project, job, attempt));
        CREATE TABLE farm_cost (project TEXT NOT NULL, job TEXT NOT NULL, attempt BIGINT NOT NULL, node TEXT NOT NULL, tenant TEXT NOT NULL, busy_ms BIGINT NOT NULL,
          gpu_ms BIGINT NOT NULL, ended_ms BIGINT NOT NULL, PRIMARY KEY (project, job, attempt));
        """,
        """
        ALTER TABLE farm_project ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE farm_project ADD COLUMN error TEXT;
        ALTER TABLE farm_project ADD COLUMN out_dir TEXT NOT NULL DEFAULT '';
        ALTER TABLE farm_project ADD COLUMN search TEXT NOT NULL DEFAULT '';
        """,
        """
        ALTER TABLE farm_node ADD COLUMN key_sha TEXT NOT NULL DEFAULT '';
        ALTER TABLE farm_node ADD COLUMN over_epoch BIGINT NOT NULL DEFAULT 0;
        CREATE TABLE farm_node_nonce (nonce TEXT PRIMARY KEY, until_ms BIGINT NOT NULL);
        """,
        """
        CREATE TABLE farm_quarantine (node TEXT PRIMARY KEY, reason TEXT NOT NULL, until_ms BIGINT, times INTEGER NOT NULL);
        CREATE INDEX farm_cost_ended ON farm_cost (ended_ms);
        """,
        $"""
        CREATE TABLE farm_change (name TEXT PRIMARY KEY, number BIGINT NOT NULL);
        INSERT INTO farm_change (name, number) VALUES ('node', 0), ('node-struck', 0);
        ALTER TABLE farm_node ADD COLUMN change_nr BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX farm_node_change ON farm_node (change_nr);
        {NodeChangeTriggers.Mark}
        CREATE INDEX farm_node_nonce_until ON farm_node_nonce (until_ms);
        CREATE INDEX farm_credential_node ON farm_credential (node);
        """,
        "ALTER TABLE farm_schema ADD COLUMN least INTEGER NOT NULL DEFAULT 0;",
    ];

    public static async Task RunAsync(FarmDatabase database, CancellationToken cancellation) =>
        await database.TransactAsync(
            async (connection, transaction) =>
            {
                async Task<object?> Run(string sql, params (string, object?)[] parameters)
                {
                    using var command = database.CommandOf(connection, sql, parameters);
                    command.Transaction = transaction;
                    return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
                }

                async Task<int> NumberAsync(string sql) => Convert.ToInt32(await Run(sql).ConfigureAwait(false), CultureInfo.InvariantCulture);

                if (database.Store.Kind == StoreKind.Postgres)
                {
                    await Run("SELECT pg_advisory_xact_lock(@n)", ("n", LockNumber)).ConfigureAwait(false);
                }

                await Run("CREATE TABLE IF NOT EXISTS farm_schema (version INTEGER NOT NULL)").ConfigureAwait(false);
                var version = await NumberAsync("SELECT COALESCE(MAX(version), 0) FROM farm_schema").ConfigureAwait(false);
                if (version > Scripts.Length && await NumberAsync("SELECT MAX(least) FROM farm_schema").ConfigureAwait(false) is var least && least > Scripts.Length)
                {
                    throw new FarmException(
                        ErrorCodes.StoreNewer,
                        $"The store has tables of version {version}, for programs that know {least} at least; this one knows {Scripts.Length}.",
                        "Start the newer version; going back needs a backup.");
                }

                for (; version < Scripts.Length; version++)
                {
                    await Run(Scripts[version].Replace(NodeChangeTriggers.Mark, NodeChangeTriggers.Script(database.Store.Kind), StringComparison.Ordinal)).ConfigureAwait(false);
                    await Run("INSERT INTO farm_schema (version) VALUES (@v)", ("v", version + 1)).ConfigureAwait(false);
                }

                if (version == Scripts.Length)
                {
                    await Run("UPDATE farm_schema SET least = @least WHERE version = @v", ("least", Least), ("v", version)).ConfigureAwait(false);
                }

                await Run(Persistence.JournalTables.Script(database.Store.Kind)).ConfigureAwait(false);
                return version;
            },
            cancellation).ConfigureAwait(false);
}
