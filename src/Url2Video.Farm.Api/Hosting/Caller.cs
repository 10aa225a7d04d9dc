using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>Who makes a request, as the key says. In <see cref="HttpContext.Features"/> of every route whose access is a key.</summary>
/// <param name="Tenant">Whose projects the key orders and sees; empty in a farm of one.</param>
internal sealed record Caller(string KeyId, string Tenant, ImmutableArray<string> Scopes)
{
    /// <summary>An administrator may all; who may order films may see them.</summary>
    public bool Has(string scope) => Scopes.Contains(scope)
        || Scopes.Contains(Hosting.Scopes.FarmAdmin)
        || (scope == Hosting.Scopes.VideosRead && (Scopes.Contains(Hosting.Scopes.VideosWrite) || Scopes.Contains(Hosting.Scopes.FarmRead)));

    /// <summary>Whether projects of every tenant are seen.</summary>
    public bool SeesAll => Has(Hosting.Scopes.FarmRead);

    /// <summary>Whether projects of every tenant may be changed.</summary>
    public bool RulesAll => Has(Hosting.Scopes.FarmAdmin);
}

internal static class CallerExtensions
{
    /// <exception cref="FarmException">The route does not ask for a key: nobody is known.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new FarmException(ErrorCodes.Unauthorized, "Nobody is signed in.", "Send a key in X-API-Key.");
}
