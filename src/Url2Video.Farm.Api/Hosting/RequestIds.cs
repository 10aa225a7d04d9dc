using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>Names each request, for the answer, the problem and the log.</summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";

    private const int CharsMax = 64;

    public static string Of(HttpContext context) => context.TraceIdentifier;

    /// <summary>The client's own id when it is harmless, else a new one.</summary>
    public static void Assign(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = IsHarmless(given) ? given : "req_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        context.Response.Headers[Header] = context.TraceIdentifier;
    }

    private static bool IsHarmless(string id) => id.Length is > 0 and <= CharsMax && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
