using System.Collections.Immutable;

namespace Url2Video.Farm.Api.Keys;

/// <summary>What is known of a key; never the key itself. Times are Unix milliseconds.</summary>
/// <param name="Id">Public part of the key, eight characters.</param>
/// <param name="Last4">Last characters of the key, for people who look for the right one.</param>
/// <param name="ExpiresMs">Null: never.</param>
/// <param name="UsedMs">Last use, to about ten seconds; null: never.</param>
internal sealed record ApiKey(
    string Id,
    string Last4,
    string Name,
    string Tenant,
    ImmutableArray<string> Scopes,
    long MadeMs,
    long? ExpiresMs,
    long? RevokedMs,
    long? UsedMs)
{
    public bool IsLive(long nowMs) => RevokedMs is null && (ExpiresMs is not { } end || nowMs < end);
}

/// <param name="Text">Shown once, to whoever made it.</param>
internal sealed record NewApiKey(ApiKey Key, string Text);
