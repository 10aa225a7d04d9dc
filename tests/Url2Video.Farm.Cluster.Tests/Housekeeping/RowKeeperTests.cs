using Url2Video.Farm.Cluster.Housekeeping;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Tests.Housekeeping;

/// <summary>Rows that are over go, all others stay; the same on both stores.</summary>
public sealed class RowKeeperTests(BothStores stores) : IClassFixture<BothStores>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Run_DeletesWhatIsOverAndNothingElse(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        await ProjectAsync(database, "ended", isOver: true);
        await ProjectAsync(database, "live", isOver: false);
        foreach (var project in new[] { "ended", "live", "unknown" })
        {
            await LogAsync(database, project, "old", days: 11);
            await LogAsync(database, project, "new", days: 9);
        }

        await RowsAsync(database, "farm_cost (project, job, attempt, node, tenant, busy_ms, gpu_ms, ended_ms)", name => $"('{name}', 'j', 1, 'n', '', 1, 0, @at)", old: 21, fresh: 19);
        await RowsAsync(database, "farm_result (key, result, made_ms)", name => $"('{name}', @blob, @at)", old: 11, fresh: 9);
        await RowsAsync(database, "farm_idempotency (tenant, key, route, body_sha, project, made_ms)", name => $"('', '{name}', '', '', '', @at)", old: 2, fresh: 0);
        await RowsAsync(database, "farm_credential (serial, node, expires_ms, made_ms)", name => $"('{name}', 'n', @at, 0)", old: Limits.KeepCredentialDays + 1, fresh: Limits.KeepCredentialDays - 1);
        await RowsAsync(database, "farm_join_token (id, mac, name, uses_left, made_ms, expires_ms)", name => $"('{name}', @blob, '', 0, @at, {Ms(-1)})", old: Limits.KeepCredentialDays + 1, fresh: 1);

        var deleted = await new RowKeeper(database, new Retention(KeepDays: 10, KeepCostDays: 20), new FixedTime(Now)).RunAsync(default);

        Assert.Equal(["ended/new", "live/new", "live/old", "unknown/new"], await NamesAsync(database, "SELECT project || '/' || job FROM farm_job_log ORDER BY 1"));
        foreach (var (table, column) in new[] { ("farm_cost", "project"), ("farm_result", "key"), ("farm_idempotency", "key"), ("farm_credential", "serial"), ("farm_join_token", "id") })
        {
            Assert.Equal(["fresh"], await NamesAsync(database, $"SELECT {column} FROM {table}"));
            Assert.Equal(1, deleted[table]);
        }
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Run_MoreThanOneBatch_TakesAll(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var values = string.Join(", ", Enumerable.Range(0, (2 * Limits.HousekeepingBatchRows) + 1).Select(i => $"('p', 'j', {i}, 'n', '', 1, 0, 5)"));
        await database.ExecuteAsync($"INSERT INTO farm_cost (project, job, attempt, node, tenant, busy_ms, gpu_ms, ended_ms) VALUES {values}", default);

        var deleted = await new RowKeeper(database, Retention.Default, new FixedTime(Now)).RunAsync(default);

        Assert.Equal((2 * Limits.HousekeepingBatchRows) + 1, deleted["farm_cost"]);
    }

    private static long Ms(double days) => Now.AddDays(-days).ToUnixTimeMilliseconds();

    private static Task<int> ProjectAsync(FarmDatabase database, string id, bool isOver) => database.ExecuteAsync(
        "INSERT INTO farm_project (id, tenant, band, stage, submitted_ms, ended_ms, chunks_done, chunks_total, sequence_nr) VALUES (@id, '', 0, 'x', 0, @end, 0, 0, 1)",
        default,
        ("id", id),
        ("end", isOver ? 1L : null));

    private static Task<int> LogAsync(FarmDatabase database, string project, string job, int days) => database.ExecuteAsync(
        "INSERT INTO farm_job_log (project, job, attempt, node, sha256, bytes, outcome, started_ms, ended_ms) VALUES (@project, @job, 1, 'n', '', 0, 'failed', 0, @at)",
        default,
        ("project", project),
        ("job", job),
        ("at", Ms(days)));

    private static async Task RowsAsync(FarmDatabase database, string into, Func<string, string> values, int old, int fresh)
    {
        foreach (var (name, days) in new[] { ("old", old), ("fresh", fresh) })
        {
            (string, object?)[] blob = values(name).Contains("@blob", StringComparison.Ordinal) ? [("blob", new byte[] { 1 })] : [];
            await database.ExecuteAsync($"INSERT INTO {into} VALUES {values(name)}", default, [("at", Ms(days)), .. blob]);
        }
    }

    private static Task<IReadOnlyList<string>> NamesAsync(FarmDatabase database, string sql) => database.QueryAsync(sql, static r => r.GetString(0), default);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
