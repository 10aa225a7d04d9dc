using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;

namespace Url2Video.Farm.Api.Health;

/// <summary>For supervisors: <c>/livez</c> says that the process answers and looks at nothing else; <c>/readyz</c> says whether it should get work.</summary>
internal sealed class HealthModule : IApiModule, IAsyncDisposable
{
    private ReadyChecks? _checks;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var checks = _checks = new ReadyChecks(parts);
        routes.MapGet("/livez", () => TypedResults.Text("ok\n")).WithAccess(Access.Anonymous).WithTags("health").WithSummary("The process answers.");
        routes.MapGet("/readyz", async Task<IResult> (CancellationToken cancellation) =>
        {
            var report = await checks.RunAsync(cancellation).ConfigureAwait(false);
            return TypedResults.Json(report, ApiJson.Options, statusCode: report.IsReady ? 200 : 503);
        }).WithAccess(Access.Anonymous).Produces<ReadyReport>().Produces<ReadyReport>(503).WithTags("health").WithSummary("Whether the server should get work.");
    }

    public ValueTask DisposeAsync()
    {
        _checks?.Dispose();
        return ValueTask.CompletedTask;
    }
}
