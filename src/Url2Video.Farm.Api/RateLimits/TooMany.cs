using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.RateLimits;

/// <summary>The answer to whoever asks too often: 429 with <c>Retry-After</c> (RFC 9110, section 10.2.3).</summary>
internal static class TooMany
{
    public static FarmError Of(HttpContext context, int seconds, string message)
    {
        var wait = Math.Max(1, seconds);
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return new FarmError(ErrorCodes.RateLimited, message, string.Create(CultureInfo.InvariantCulture, $"Try again in {wait} s."), Retryable: true);
    }
}
