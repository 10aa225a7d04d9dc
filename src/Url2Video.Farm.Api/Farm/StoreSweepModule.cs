using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Artifacts.Sweeping;

namespace Url2Video.Farm.Api.Farm;

/// <summary>Lets an operator sweep the artifacts of the answering server, or see what a sweep would take.</summary>
/// <param name="keeper">Disposed of with the server.</param>
internal sealed class StoreSweepModule(ArtifactKeeper keeper) : IApiModule, IAsyncDisposable
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var changes = new Changes(parts);
        routes.MapPost(FarmRoutes.StoreGc, (Change? change, HttpContext http, CancellationToken cancellation) => changes.RunAsync(
            http, "store gc", change, () => EffectsAsync(cancellation), () => keeper.RunAsync(dryRun: false, cancellation))).WithAccess(Access.Key(Scopes.FarmAdmin));
    }

    public ValueTask DisposeAsync()
    {
        keeper.Dispose();
        return default;
    }

    private async Task<IReadOnlyList<string>> EffectsAsync(CancellationToken cancellation)
    {
        var report = await keeper.RunAsync(dryRun: true, cancellation).ConfigureAwait(false);
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Swept} artifacts of this server ({report.SweptBytes / (1024 * 1024)} MiB) that nothing names are deleted; {report.Kept} stay."),
        ];
    }
}
