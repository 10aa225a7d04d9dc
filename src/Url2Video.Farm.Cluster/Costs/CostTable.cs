using System.Data.Common;
using System.Globalization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Costs;

/// <summary>What attempts have cost may be summed up by.</summary>
public enum CostBy
{
    Project,
    Tenant,
    Node,
}

/// <param name="Key">Name of the project, tenant or node.</param>
/// <param name="BusyMillis">Node time.</param>
/// <param name="GpuMillis">Time of whole or shared GPUs.</param>
public sealed record CostLine(string Key, long Attempts, long BusyMillis, long GpuMillis);

/// <summary>One row an attempt; the same attempt told twice is one row. Safe for any thread.</summary>
public sealed class CostTable(FarmDatabase database)
{
    private const int LinesMax = 1_000;

    /// <param name="from">Of the attempts' ends, inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="tenant">Only this tenant's; null: all.</param>
    /// <returns>The dearest first, at most 1,000 lines.</returns>
    public async Task<IReadOnlyList<CostLine>> ReportAsync(
        CostBy by, DateTimeOffset from, DateTimeOffset to, string? tenant = null, CancellationToken cancellation = default)
    {
        var column = by switch { CostBy.Project => "project", CostBy.Tenant => "tenant", _ => "node" };
        var where = tenant is null ? "" : " AND tenant = @tenant";
        return await database.QueryAsync(
            $"""
            SELECT {column}, COUNT(*), CAST(SUM(busy_ms) AS BIGINT), CAST(SUM(gpu_ms) AS BIGINT) FROM farm_cost
            WHERE ended_ms >= @from AND ended_ms < @to{where} GROUP BY {column} ORDER BY SUM(busy_ms) DESC, {column} LIMIT {LinesMax}
            """,
            static r => new CostLine(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)),
            cancellation,
            [("from", from.ToUnixTimeMilliseconds()), ("to", to.ToUnixTimeMilliseconds()), .. tenant is null ? [] : new (string, object?)[] { ("tenant", tenant) }])
            .ConfigureAwait(false);
    }

    internal async Task<int> WriteAsync(IReadOnlyCollection<DispatchEffect.Charge> charges, CancellationToken cancellation) =>
        await database.TransactAsync(
            async (connection, transaction) =>
            {
                var rows = 0;
                foreach (var chunk in charges.Chunk(100))
                {
                    using var command = InsertOf(connection, chunk);
                    command.Transaction = transaction;
                    rows += await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                }

                return rows;
            },
            cancellation).ConfigureAwait(false);

    private DbCommand InsertOf(DbConnection connection, DispatchEffect.Charge[] charges)
    {
        var values = charges.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"(@p{i}, @j{i}, @a{i}, @n{i}, @t{i}, @b{i}, @g{i}, @e{i})"));
        var parameters = charges.SelectMany<DispatchEffect.Charge, (string, object?)>((c, i) =>
        [
            ($"p{i}", c.Job.Project.Value), ($"j{i}", c.Job.Name), ($"a{i}", c.Attempt), ($"n{i}", c.Node.Value), ($"t{i}", c.Tenant),
            ($"b{i}", c.BusyMillis), ($"g{i}", c.GpuMillis), ($"e{i}", c.EndedAt.ToUnixTimeMilliseconds()),
        ]);
        return database.CommandOf(
            connection,
            $"INSERT INTO farm_cost (project, job, attempt, node, tenant, busy_ms, gpu_ms, ended_ms) VALUES {string.Join(", ", values)} ON CONFLICT DO NOTHING",
            [.. parameters]);
    }
}
