using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Keys;

/// <summary>
/// The farm's API keys. The store has only a MAC of each under a pepper, so that its backup lets nobody in. What was read is believed for
/// <see cref="Limits.KeyCacheSeconds"/>. Safe for any thread.
/// </summary>
internal sealed class ApiKeys
{
    private const string Columns = "id, last4, name, tenant, scopes, made_ms, expires_ms, revoked_ms, used_ms, mac";
    private const int CachedMax = 10_000;

    private readonly FarmDatabase _database;
    private readonly TimeProvider _clock;
    private readonly byte[] _pepper;
    private readonly ConcurrentDictionary<string, Cached> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _used = new(StringComparer.Ordinal);

    private ApiKeys(FarmDatabase database, TimeProvider clock, byte[] pepper) => (_database, _clock, _pepper) = (database, clock, pepper);

    private long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<ApiKeys> OpenAsync(FarmDatabase database, TimeProvider clock, CancellationToken cancellation) =>
        new(database, clock, await ApiSecrets.LoadOrCreateAsync(database, ApiSecrets.KeyPepper, clock, cancellation).ConfigureAwait(false));

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public async Task<NewApiKey> CreateAsync(string name, string tenant, ImmutableArray<string> scopes, DateTimeOffset? expires, CancellationToken cancellation)
    {
        KeyRules.Check(name, tenant, scopes, expires, _clock.GetUtcNow());
        var (id, text) = KeyText.New();
        var key = new ApiKey(id, text[^4..], name, tenant, [.. scopes.Distinct().Order(StringComparer.Ordinal)], NowMs, expires?.ToUnixTimeMilliseconds(), null, null);
        await _database.ExecuteAsync(
            "INSERT INTO farm_key (id, mac, last4, name, tenant, scopes, made_ms, expires_ms) VALUES (@id, @mac, @last4, @name, @tenant, @scopes, @made, @expires)",
            cancellation,
            ("id", id),
            ("mac", MacOf(text)),
            ("last4", key.Last4),
            ("name", name),
            ("tenant", tenant),
            ("scopes", string.Join(' ', key.Scopes)),
            ("made", key.MadeMs),
            ("expires", key.ExpiresMs)).ConfigureAwait(false);
        return new NewApiKey(key, text);
    }

    /// <summary>All keys, the newest first; revoked ones too.</summary>
    public async Task<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellation) =>
        [.. (await _database.QueryAsync($"SELECT {Columns} FROM farm_key ORDER BY made_ms DESC, id LIMIT {KeyRules.KeysListedMax}", Read, cancellation).ConfigureAwait(false)).Select(c => c.Key)];

    public async Task<ApiKey?> GetAsync(string id, CancellationToken cancellation) => (await ReadAsync(id, cancellation).ConfigureAwait(false))?.Key;

    /// <summary>Dead at once here, within <see cref="Limits.KeyCacheSeconds"/> on the other servers. False when there is no such key.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellation)
    {
        var rows = await _database.ExecuteAsync(
            "UPDATE farm_key SET revoked_ms = COALESCE(revoked_ms, @now) WHERE id = @id", cancellation, ("id", id), ("now", NowMs)).ConfigureAwait(false);
        _cache.TryRemove(id, out _);
        return rows > 0;
    }

    /// <summary>A second live key with the same rights; the old one ends after the overlap.</summary>
    /// <exception cref="FarmException"><c>ERR_NOT_FOUND</c>, <c>ERR_CONFLICT</c> when the old one is dead.</exception>
    public async Task<NewApiKey> RotateAsync(string id, TimeSpan overlap, CancellationToken cancellation)
    {
        var old = await GetAsync(id, cancellation).ConfigureAwait(false) ?? throw new FarmException(ErrorCodes.NotFound, "There is no such key.");
        if (!old.IsLive(NowMs))
        {
            throw new FarmException(ErrorCodes.Conflict, "The key is revoked or expired.", "Create a new one.");
        }

        var made = await CreateAsync(old.Name, old.Tenant, old.Scopes, null, cancellation).ConfigureAwait(false);
        await _database.ExecuteAsync(
            "UPDATE farm_key SET expires_ms = @end WHERE id = @id AND (expires_ms IS NULL OR expires_ms > @end)",
            cancellation,
            ("id", id),
            ("end", NowMs + (long)overlap.TotalMilliseconds)).ConfigureAwait(false);
        _cache.TryRemove(id, out _);
        return made;
    }

    /// <summary>The live key of a text, or null.</summary>
    public async ValueTask<ApiKey?> VerifyAsync(string text, CancellationToken cancellation)
    {
        if (!KeyText.TryParse(text, out var id))
        {
            return null;
        }

        var mac = MacOf(text);
        if (await CachedAsync(id, cancellation).ConfigureAwait(false) is not { } found
            || !CryptographicOperations.FixedTimeEquals(mac, found.Mac)
            || !found.Key.IsLive(NowMs))
        {
            return null;
        }

        _used[id] = NowMs;
        return found.Key;
    }

    /// <summary>Whether a key exists and is neither revoked nor expired.</summary>
    public async ValueTask<bool> IsLiveAsync(string id, CancellationToken cancellation) =>
        await CachedAsync(id, cancellation).ConfigureAwait(false) is { } found && found.Key.IsLive(NowMs);

    /// <summary>Writes the last uses of the last seconds, all in one go.</summary>
    public async Task FlushUsedAsync(CancellationToken cancellation)
    {
        foreach (var (id, at) in _used.ToArray())
        {
            await _database.ExecuteAsync(
                "UPDATE farm_key SET used_ms = @at WHERE id = @id AND (used_ms IS NULL OR used_ms < @at)", cancellation, ("id", id), ("at", at)).ConfigureAwait(false);
            _used.TryRemove(new KeyValuePair<string, long>(id, at));
        }
    }

    private async ValueTask<Cached?> CachedAsync(string id, CancellationToken cancellation)
    {
        if (_cache.TryGetValue(id, out var cached) && NowMs - cached.ReadMs < Limits.KeyCacheSeconds * 1000L)
        {
            return cached;
        }

        var read = await ReadAsync(id, cancellation).ConfigureAwait(false);
        if (read is null)
        {
            _cache.TryRemove(id, out _);
            return null;
        }

        if (_cache.Count >= CachedMax)
        {
            _cache.Clear(); // Rare, and costs one look into the store a key.
        }

        return _cache[id] = read;
    }

    private async Task<Cached?> ReadAsync(string id, CancellationToken cancellation)
    {
        var found = await _database.QueryAsync($"SELECT {Columns} FROM farm_key WHERE id = @id", Read, cancellation, ("id", id)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    private byte[] MacOf(string text) => HMACSHA256.HashData(_pepper, Encoding.ASCII.GetBytes(text));

    private Cached Read(DbDataReader row) => new(
        new ApiKey(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            [.. row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            row.GetInt64(5),
            row.IsDBNull(6) ? null : row.GetInt64(6),
            row.IsDBNull(7) ? null : row.GetInt64(7),
            row.IsDBNull(8) ? null : row.GetInt64(8)),
        (byte[])row.GetValue(9),
        NowMs);

    private sealed record Cached(ApiKey Key, byte[] Mac, long ReadMs);
}
