using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.RateLimits;

/// <summary>How often one address may knock at a door that is open to anybody. Of one server; bounded by <see cref="RateCounters{T}"/>.</summary>
internal sealed class AddressLimit(int perHour, int burst, TimeProvider clock)
{
    private readonly RateCounters<TokenBucket> _buckets = new();

    /// <summary>Counts a request; before anything of it is read.</summary>
    /// <exception cref="FarmException"><c>ERR_RATE_LIMITED</c>.</exception>
    public void Take(HttpContext context)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var verdict = _buckets.Change(
            RemoteAddress.NameOf(context.Connection.RemoteIpAddress), before => (before ?? new TokenBucket(burst, now)).Take(now, perHour, burst));
        if (!verdict.IsIn)
        {
            throw new FarmException(TooMany.Of(context, verdict.NextSeconds, "Too many requests come from this address."));
        }
    }
}
