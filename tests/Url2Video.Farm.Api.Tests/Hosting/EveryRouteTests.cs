using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Telemetry;
using Url2Video.Farm.Api.Tests.Support;

namespace Url2Video.Farm.Api.Tests.Hosting;

/// <summary>Walks all routes there are: nobody can add one and forget who may call it.</summary>
public sealed class EveryRouteTests
{
    /// <summary>What anybody may call, and why: it tells nothing, and changes nothing.</summary>
    private static readonly string[] Open = ["GET /livez", "GET /readyz", "GET /openapi/{documentName}.json"];

    [Fact]
    public async Task Routes_AllOfThem_SayWhoMayCallThem()
    {
        await using var api = await StartAsync();
        var routes = RoutesOf(api).ToArray();
        Assert.True(routes.Length > 25, $"{routes.Length} routes");
        Assert.All(routes, r => Assert.True(r.Access is not null, $"{r.Method} {r.Pattern} has no access"));
        Assert.All(routes.Where(r => r.Access!.Kind == AccessKind.Key), r => Assert.Contains(r.Access!.Scope, Api.Keys.KeyRules.KnownScopes));
        Assert.Equal(Open.Order(), routes.Where(r => r.Access!.Kind == AccessKind.Anonymous).Select(r => $"{r.Method} {r.Pattern}").Distinct().Order());
    }

    [Fact]
    public async Task Routes_WithoutAKey_AreRefusedAndChangeNothing()
    {
        await using var api = await StartAsync();
        var asked = 0;
        foreach (var route in RoutesOf(api).Where(r => r.Access!.Kind != AccessKind.Anonymous))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), PathOf(route.Pattern)) { Content = route.Method is "GET" or "HEAD" ? null : HttpExtensions.Json("{}") };
            using var response = await api.Client.SendAsync(request);
            var expected = route.Access!.Kind == AccessKind.Signed ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized;
            if (route.Method == "HEAD")
            {
                Assert.Equal(expected, response.StatusCode);
            }
            else
            {
                await response.ProblemAsync(expected);
            }

            asked++;
        }

        Assert.True(asked > 20, $"{asked} routes were asked");
        Assert.Empty(api.Hand.Worked);
        Assert.Empty(await api.Host.Keys.ListAsync(default));
    }

    [Fact]
    public async Task Route_WithoutAccess_IsRefusedEvenToAnAdministrator()
    {
        await using var api = await TestApi.StartAsync(more: new Forgetful());
        using var admin = await api.ClientAsync(scopes: Scopes.FarmAdmin);
        await (await admin.GetAsync("/forgotten")).ProblemAsync(HttpStatusCode.Forbidden, "ERR_FORBIDDEN");
        await (await admin.GetAsync("/of-nodes")).ProblemAsync(HttpStatusCode.Forbidden, "ERR_FORBIDDEN"); // A kind that nobody judges.
    }

    [Fact]
    public async Task OpenApi_Description_HasEveryRouteWithItsAccessAndItsErrors()
    {
        await using var api = await StartAsync();
        var description = await (await api.Client.GetAsync("/openapi/v2.json")).JsonAsync();
        Assert.StartsWith("3.1", description.Text("openapi"), StringComparison.Ordinal);
        var paths = description.GetProperty("paths");
        foreach (var route in RoutesOf(api).Where(r => r.Method != "HEAD" && !r.Pattern.StartsWith("/openapi", StringComparison.Ordinal)))
        {
            var path = "/" + route.Pattern.TrimStart('/').Replace("{**", "{", StringComparison.Ordinal);
            Assert.True(paths.TryGetProperty(path, out var item), $"{path} is not described");
            var operation = item.GetProperty(route.Method.ToLowerInvariant());
            Assert.True(operation.TryGetProperty("summary", out _), $"{path} has no summary");
            Assert.NotEqual(string.Empty, operation.Text("description"));
            var responses = operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToArray();
            Assert.Contains(responses, r => r[0] is '1' or '2');
            if (route.Access!.Kind == AccessKind.Key)
            {
                Assert.Contains("401", responses);
                Assert.Contains("403", responses);
                Assert.Contains("429", responses);
                Assert.Contains(route.Access.Scope, operation.Text("description"), StringComparison.Ordinal);
                Assert.NotEmpty(operation.GetProperty("security").EnumerateArray());
            }
        }
    }

    private static Task<TestApi> StartAsync() => TestApi.StartAsync(more: new MetricsModule());

    private static IEnumerable<(string Method, string Pattern, Access? Access)> RoutesOf(TestApi api) => api.Host.Endpoints.OfType<RouteEndpoint>().SelectMany(e =>
        (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, e.RoutePattern.RawText!, e.Metadata.GetMetadata<Access>())));

    private static string PathOf(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]+\}", "prj_01JCY0000000000000000000AA");

    private sealed class Forgetful : IApiModule
    {
        public void Map(IEndpointRouteBuilder routes, ApiParts parts)
        {
            routes.MapGet("/forgotten", () => "open");
            routes.MapGet("/of-nodes", () => "open").WithAccess(Access.Node);
        }
    }
}
