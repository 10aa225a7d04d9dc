using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;

namespace Url2Video.Farm.Api.OpenApi;

internal sealed class OpenApiModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes.MapOpenApi("/openapi/{documentName}.json").WithAccess(Access.Anonymous);
}
