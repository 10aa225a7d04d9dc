namespace Url2Video.Farm.Api.RateLimits;

/// <summary>A token bucket as a value. Pure.</summary>
/// <param name="Tokens">At <paramref name="AtMs"/>, up to the burst.</param>
internal readonly record struct TokenBucket(double Tokens, long AtMs)
{
    /// <param name="perHour">Tokens that drip in an hour.</param>
    public (TokenBucket Next, RateVerdict Verdict) Take(long nowMs, int perHour, int burst)
    {
        var perMs = perHour / 3_600_000.0;
        var tokens = Math.Min(burst, Tokens + Math.Max(0, nowMs - AtMs) * perMs);
        var isIn = tokens >= 1;
        var left = isIn ? tokens - 1 : tokens;

        // Until the next token, not until the bucket is full: that is what a client must wait.
        var wait = left >= 1 ? 0 : (int)Math.Ceiling((1 - left) / perMs / 1000);
        return (new TokenBucket(left, nowMs), new RateVerdict(isIn, (int)left, wait));
    }
}

/// <param name="Remaining">Requests that may follow at once.</param>
/// <param name="NextSeconds">Until another one may follow; 0: now.</param>
internal readonly record struct RateVerdict(bool IsIn, int Remaining, int NextSeconds);
