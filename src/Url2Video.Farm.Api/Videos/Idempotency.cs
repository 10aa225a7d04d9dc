using System.Data.Common;
using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Videos;

/// <summary>What to do with a request that has an idempotency key.</summary>
internal abstract record IdempotentTurn
{
    private IdempotentTurn() { }

    /// <summary>This request does the work, for this project; another with the same key waits.</summary>
    public sealed record Work(ProjectId Project) : IdempotentTurn;

    /// <summary>It was done: the same answer again.</summary>
    public sealed record Replay(ProjectId Project, int Status, byte[] Answer) : IdempotentTurn;
}

/// <summary>
/// One key, one film: the row of the key is unique and holds the project's id before the project is ordered. Ordering is idempotent by that
/// id, so a server that dies half-way leaves at most one film, and the next request of the key completes it.
/// </summary>
internal sealed class Idempotency(FarmDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromHours(1);

    private long _sweptMs;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <exception cref="FarmException"><c>ERR_IDEMPOTENCY_REUSED</c>: another body; <c>ERR_CONFLICT</c>: the first request still runs.</exception>
    public async Task<IdempotentTurn> BeginAsync(IdempotentKey key, CancellationToken cancellation)
    {
        await SweepAsync(cancellation).ConfigureAwait(false);
        var began = clock.GetTimestamp();
        while (true)
        {
            if (await TryTakeAsync(key, cancellation).ConfigureAwait(false) is { } taken)
            {
                return new IdempotentTurn.Work(taken);
            }

            if (await ReadAsync(key, cancellation).ConfigureAwait(false) is { } row)
            {
                if (row.BodySha != key.BodySha)
                {
                    throw new FarmException(ErrorCodes.IdempotencyReused, "The idempotency key was used with another body.", "Use a new key for a new order.");
                }

                if (row.Status is { } status)
                {
                    return new IdempotentTurn.Replay(row.Project, status, row.Answer ?? []);
                }

                if (NowMs - row.MadeMs >= Limits.IdempotencyTakeOverSeconds * 1000L && await TryTakeOverAsync(key, row, cancellation).ConfigureAwait(false))
                {
                    return new IdempotentTurn.Work(row.Project);
                }
            }

            if (clock.GetElapsedTime(began) > TimeSpan.FromSeconds(Limits.IdempotencyWaitSeconds))
            {
                throw new FarmException(ErrorCodes.Conflict, "A request with this idempotency key still runs.", "Try again in a second.", retryable: true);
            }

            await Task.Delay(LookAgainAfter, clock, cancellation).ConfigureAwait(false);
        }
    }

    public Task EndAsync(IdempotentKey key, int status, byte[] answer, CancellationToken cancellation) => database.ExecuteAsync(
        "UPDATE farm_idempotency SET status = @status, answer = @answer WHERE tenant = @tenant AND key = @key AND route = @route",
        cancellation,
        [("status", status), ("answer", answer), .. Name(key)]);

    /// <summary>The work failed and nothing is remembered of it but the project's id: the next request of the key may try at once.</summary>
    public Task ReleaseAsync(IdempotentKey key, CancellationToken cancellation) => database.ExecuteAsync(
        "UPDATE farm_idempotency SET made_ms = @past WHERE tenant = @tenant AND key = @key AND route = @route AND status IS NULL",
        cancellation,
        [("past", NowMs - (Limits.IdempotencyTakeOverSeconds * 1000L)), .. Name(key)]);

    private async Task<ProjectId?> TryTakeAsync(IdempotentKey key, CancellationToken cancellation)
    {
        var project = ProjectIds.New(clock);
        var rows = await database.ExecuteAsync(
            """
            INSERT INTO farm_idempotency (tenant, key, route, body_sha, project, made_ms) VALUES (@tenant, @key, @route, @sha, @project, @now)
            ON CONFLICT (tenant, key, route) DO NOTHING
            """,
            cancellation,
            [("sha", key.BodySha), ("project", project.Value), ("now", NowMs), .. Name(key)]).ConfigureAwait(false);
        return rows == 1 ? project : null;
    }

    private async Task<bool> TryTakeOverAsync(IdempotentKey key, Row row, CancellationToken cancellation) => await database.ExecuteAsync(
        "UPDATE farm_idempotency SET made_ms = @now WHERE tenant = @tenant AND key = @key AND route = @route AND status IS NULL AND made_ms = @seen",
        cancellation,
        [("now", NowMs), ("seen", row.MadeMs), .. Name(key)]).ConfigureAwait(false) == 1;

    private async Task<Row?> ReadAsync(IdempotentKey key, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            "SELECT body_sha, project, status, answer, made_ms FROM farm_idempotency WHERE tenant = @tenant AND key = @key AND route = @route",
            Read,
            cancellation,
            Name(key)).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        var (now, swept) = (NowMs, Interlocked.Read(ref _sweptMs));
        if (now - swept > SweepPeriod.TotalMilliseconds && Interlocked.CompareExchange(ref _sweptMs, now, swept) == swept)
        {
            await database.ExecuteAsync(
                "DELETE FROM farm_idempotency WHERE made_ms < @past", cancellation, ("past", now - (Limits.IdempotencyHours * 3_600_000L))).ConfigureAwait(false);
        }
    }

    private static (string, object?)[] Name(IdempotentKey key) => [("tenant", key.Tenant), ("key", key.Key), ("route", key.Route)];

    private static Row Read(DbDataReader row) => new(
        row.GetString(0), new ProjectId(row.GetString(1)), row.IsDBNull(2) ? null : row.GetInt32(2), row.IsDBNull(3) ? null : (byte[])row.GetValue(3), row.GetInt64(4));

    private sealed record Row(string BodySha, ProjectId Project, int? Status, byte[]? Answer, long MadeMs);
}

internal sealed record IdempotentKey(string Tenant, string Key, string Route, string BodySha)
{
    public static IdempotentKey Of(string tenant, string key, string route, ReadOnlySpan<byte> body) => new(tenant, key, route, Convert.ToHexStringLower(SHA256.HashData(body)));
}
