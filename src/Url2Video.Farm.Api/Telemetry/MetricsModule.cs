using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;

namespace Url2Video.Farm.Api.Telemetry;

/// <summary><c>/metrics</c>. Behind a key: queue lengths and rates tell what a studio is working on.</summary>
internal sealed class MetricsModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/metrics", async Task<IResult> (HttpContext http) =>
        {
            http.Response.ContentType = PrometheusPage.ContentType;
            await PrometheusPage.WriteAsync(http.Response.Body, http.RequestAborted).ConfigureAwait(false);
            return TypedResults.Empty; // A handler that returns nothing would not be described.
        })
        .WithAccess(Access.Key(Scopes.FarmRead))
        .Produces<string>(200, "text/plain")
        .WithSummary("Figures of this server in Prometheus' text format.")
        .WithTags("operation");
}
