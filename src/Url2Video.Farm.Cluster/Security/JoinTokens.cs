using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>One row of the operator's list; the secret is known to nobody any more.</summary>
public sealed record JoinTokenInfo(string Id, string Name, int UsesLeft, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, bool IsRevoked);

/// <param name="Text">Shown once.</param>
public sealed record NewJoinToken(string Id, string Text, DateTimeOffset ExpiresAt);

/// <summary>What lets a new node in: made by an operator, kept as an HMAC, good for so many nodes and so long.</summary>
public sealed class JoinTokens
{
    private const string SecretName = "join-token";
    private const int KeyBytes = 32;
    private const int NameCharsMax = 100;

    private readonly FarmDatabase _database;
    private readonly FarmAuthority _authority;
    private readonly TimeProvider _clock;
    private readonly byte[] _key;

    private JoinTokens(FarmDatabase database, FarmAuthority authority, TimeProvider clock, byte[] key) =>
        (_database, _authority, _clock, _key) = (database, authority, clock, key);

    public static async Task<JoinTokens> LoadAsync(FarmDatabase database, FarmAuthority authority, TimeProvider clock, CancellationToken cancellation = default)
    {
        var key = await FarmSecrets.LoadOrCreateAsync(database, SecretName, () => RandomNumberGenerator.GetBytes(KeyBytes), clock, cancellation).ConfigureAwait(false);
        return new(database, authority, clock, key);
    }

    /// <param name="name">For the operator's list, e.g. "rack 4".</param>
    /// <param name="uses">Nodes that may join with it, 1..<see cref="Limits.JoinTokenUsesMax"/>.</param>
    /// <param name="lifetime">At most <see cref="Limits.JoinTokenDaysMax"/> days.</param>
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public async Task<NewJoinToken> CreateAsync(string name, int uses, TimeSpan lifetime, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > NameCharsMax || name.Any(char.IsControl) || uses is < 1 or > Limits.JoinTokenUsesMax
            || lifetime <= TimeSpan.Zero || lifetime > TimeSpan.FromDays(Limits.JoinTokenDaysMax))
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument,
                $"A join token has a name of at most {NameCharsMax} characters, 1 to {Limits.JoinTokenUsesMax} uses and a life of at most {Limits.JoinTokenDaysMax} days.");
        }

        var (text, now) = (JoinTokenText.New([.. _authority.Certificate]), _clock.GetUtcNow());
        await _database.ExecuteAsync(
            "INSERT INTO farm_join_token (id, mac, name, uses_left, made_ms, expires_ms) VALUES (@id, @mac, @name, @uses, @now, @end)",
            cancellation,
            ("id", text.Id),
            ("mac", MacOf(text)),
            ("name", name),
            ("uses", uses),
            ("now", now.ToUnixTimeMilliseconds()),
            ("end", (now + lifetime).ToUnixTimeMilliseconds())).ConfigureAwait(false);
        return new(text.Id, text.Reveal(), now + lifetime);
    }

    public async Task<IReadOnlyList<JoinTokenInfo>> ListAsync(CancellationToken cancellation = default) => await _database.QueryAsync(
        "SELECT id, name, uses_left, made_ms, expires_ms, revoked_ms FROM farm_join_token ORDER BY made_ms DESC LIMIT 1000",
        row => new JoinTokenInfo(row.GetString(0), row.GetString(1), row.GetInt32(2), Time(row, 3), Time(row, 4), !row.IsDBNull(5)),
        cancellation).ConfigureAwait(false);

    /// <returns>False: no such token, or revoked before.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellation = default) => await _database.ExecuteAsync(
        "UPDATE farm_join_token SET revoked_ms = @now WHERE id = @id AND revoked_ms IS NULL",
        cancellation,
        ("id", id),
        ("now", _clock.GetUtcNow().ToUnixTimeMilliseconds())).ConfigureAwait(false) == 1;

    /// <summary>Whether the secret is right, and uses left are more than none; says nothing else, so that nothing can be learnt by trying.</summary>
    internal async Task<bool> IsGoodAsync(JoinTokenText token, DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        using var command = _database.CommandOf(
            connection,
            "SELECT mac FROM farm_join_token WHERE id = @id AND revoked_ms IS NULL AND expires_ms > @now",
            ("id", token.Id),
            ("now", _clock.GetUtcNow().ToUnixTimeMilliseconds()));
        command.Transaction = transaction;
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is byte[] mac && CryptographicOperations.FixedTimeEquals(mac, MacOf(token));
    }

    /// <summary>Takes one use; the row's lock lets no two take the last one.</summary>
    internal async Task<bool> SpendAsync(JoinTokenText token, DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        using var command = _database.CommandOf(
            connection,
            "UPDATE farm_join_token SET uses_left = uses_left - 1 WHERE id = @id AND uses_left > 0 AND revoked_ms IS NULL",
            ("id", token.Id));
        command.Transaction = transaction;
        return Convert.ToInt32(await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture) == 1;
    }

    private byte[] MacOf(JoinTokenText token) => HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{token.Id}_{token.Secret}"));

    private static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
