using System.Globalization;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.RateLimits;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Keys;

/// <summary>Lets in who has a live key with the scope, as often as the key may.</summary>
internal sealed class KeyJudge(ApiKeys keys, ApiOptions options, TimeProvider clock) : IAccessJudge
{
    private const string KeyHeader = "X-API-Key";
    private const string Bearer = "Bearer ";

    private static readonly FarmError Missing = new(ErrorCodes.Unauthorized, "A key is needed.", "Send it in X-API-Key, or as Authorization: Bearer.");
    private static readonly FarmError Wrong = new(ErrorCodes.Unauthorized, "The key is wrong, expired or revoked.", "Ask whoever runs the farm for another.");

    private readonly RateCounters<FailureWindow> _failures = new();
    private readonly RateCounters<TokenBucket> _buckets = new();

    public AccessKind Kind => AccessKind.Key;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask<FarmError?> JudgeAsync(HttpContext context, Access access)
    {
        if (TextOf(context.Request.Headers) is not { } text)
        {
            return Missing;
        }

        if (await keys.VerifyAsync(text, context.RequestAborted).ConfigureAwait(false) is not { } key)
        {
            return Failed(context);
        }

        var caller = new Caller(key.Id, key.Tenant, key.Scopes);
        context.Features.Set(caller);
        return Limited(context, key.Id)
            ?? (caller.Has(access.Scope) ? null : new FarmError(ErrorCodes.Forbidden, $"The key lacks the scope {access.Scope}.", "Use a key that has it."));
    }

    private static string? TextOf(IHeaderDictionary headers)
    {
        var (plain, authorization) = (headers[KeyHeader], headers.Authorization);
        var bearer = authorization.Count == 1 && authorization[0] is { } a && a.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? a[Bearer.Length..].Trim() : null;
        return plain.Count switch
        {
            0 => bearer,
            1 when bearer is null || bearer == plain[0] => plain[0],
            _ => string.Empty, // Two keys: neither counts.
        };
    }

    private FarmError Failed(HttpContext context)
    {
        var address = RemoteAddress.NameOf(context.Connection.RemoteIpAddress);
        var wait = _failures.Change(address, before => FailureWindow.Fail(before, NowMs, options.AuthFailures, Limits.AuthFailureWindowSeconds));
        return wait == 0 ? Wrong : TooMany.Of(context, wait, "Too many wrong keys from this address.");
    }

    private FarmError? Limited(HttpContext context, string id)
    {
        var (perHour, burst) = (options.KeyRequestsPerHour, options.KeyRequestsBurst);
        var verdict = _buckets.Change(id, before => (before ?? new TokenBucket(burst, NowMs)).Take(NowMs, perHour, burst));
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";q={perHour};w=3600;burst={burst}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";r={verdict.Remaining};t={verdict.NextSeconds}");
        return verdict.IsIn ? null : TooMany.Of(context, verdict.NextSeconds, "The key has made too many requests.");
    }
}
