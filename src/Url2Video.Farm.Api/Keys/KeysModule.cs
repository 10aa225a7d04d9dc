using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;

namespace Url2Video.Farm.Api.Keys;

/// <param name="Key">Public id of the key.</param>
/// <param name="Tenant">Empty in a farm of one.</param>
public sealed record Me(string Key, string Tenant, ImmutableArray<string> Scopes);

/// <summary>Who am I, and the keys of the farm.</summary>
internal sealed class KeysModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/v2/me", (HttpContext context) =>
        {
            var caller = context.Caller();
            return TypedResults.Ok(new Me(caller.KeyId, caller.Tenant, caller.Scopes));
        }).WithAccess(Access.Key(Scopes.VideosRead)).WithTags("keys").WithSummary("The key that asks.");
    }
}
