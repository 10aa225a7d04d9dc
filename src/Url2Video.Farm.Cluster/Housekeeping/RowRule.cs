using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Housekeeping;

/// <summary>Which rows of one table are over.</summary>
/// <param name="Key">Columns of the primary key.</param>
/// <param name="Over">Condition on the row, with <c>@before</c>: Unix milliseconds. Never true of what a film that goes on still needs.</param>
internal sealed record RowRule(string Table, string Key, string Over, TimeSpan Keep)
{
    /// <summary>For the tables that grow with the farm's work. The journal is not among them: it is what films are.</summary>
    public static ImmutableArray<RowRule> All(Retention retention) =>
    [
        new("farm_cost", "project, job, attempt", "ended_ms < @before", TimeSpan.FromDays(retention.KeepCostDays)),

        // The log of a film that is not over may be what tells why it is not.
        new(
            "farm_job_log",
            "project, job, attempt",
            "ended_ms < @before AND NOT EXISTS (SELECT 1 FROM farm_project p WHERE p.id = farm_job_log.project AND p.ended_ms IS NULL)",
            TimeSpan.FromDays(retention.KeepDays)),
        new("farm_result", "key", "made_ms < @before", TimeSpan.FromDays(retention.KeepDays)),
        new("farm_idempotency", "tenant, key, route", "made_ms < @before", TimeSpan.FromHours(Limits.IdempotencyHours)),
        new("farm_credential", "serial", "expires_ms < @before", TimeSpan.FromDays(Limits.KeepCredentialDays)),
        new(
            "farm_join_token",
            "id",
            "expires_ms < @before OR revoked_ms < @before OR (uses_left = 0 AND made_ms < @before)",
            TimeSpan.FromDays(Limits.KeepCredentialDays)),
        new("farm_node_nonce", "nonce", "until_ms < @before", TimeSpan.Zero),
    ];

    /// <summary>Takes at most so many rows, so that nobody waits for the lock of a long transaction.</summary>
    public string Sql => $"DELETE FROM {Table} WHERE ({Key}) IN (SELECT {Key} FROM {Table} WHERE {Over} LIMIT @rows)";
}
