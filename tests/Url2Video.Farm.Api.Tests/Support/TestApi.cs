using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Node.Embedded;

namespace Url2Video.Farm.Api.Tests.Support;

/// <summary>A real server on a real port over a real embedded farm, whose works are fakes.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly FarmDatabase _database;

    private TestApi(TemporaryFolder folder, FarmDatabase database, EmbeddedFarm farm, ApiHost host, FakeFarmhand hand)
    {
        (_folder, _database, Farm, Host, Hand) = (folder, database, farm, host, hand);
        Client = new HttpClient { BaseAddress = host.Addresses[0], Timeout = TestFarm.Patience };
    }

    public EmbeddedFarm Farm { get; }

    public ApiHost Host { get; }

    public FakeFarmhand Hand { get; }

    public FarmDatabase Database => _database;

    /// <summary>Without a key.</summary>
    public HttpClient Client { get; }

    public static async Task<TestApi> StartAsync(
        Func<ApiOptions, ApiOptions>? change = null, FakeFarmhand? hand = null, TimeProvider? clock = null, ILoggerFactory? logging = null, params IApiModule[] more)
    {
        var folder = new TemporaryFolder();
        var works = hand ?? new FakeFarmhand(2);
        var database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(folder["farm.db"]));
        var farm = await EmbeddedFarm.StartAsync(new FarmOptions { DataDir = folder["data"], Workers = 2 }, works.Works);
        var options = new ApiOptions { ListenUrls = ["http://127.0.0.1:0"], KeyRequestsBurst = 100_000, KeyRequestsPerHour = 1_000_000 };
        var parts = new ApiParts(
            farm.System, new FarmClient(farm.System), database, farm.Artifacts, clock ?? TimeProvider.System, logging ?? LoggerFactory.Create(_ => { }))
        {
            OutDir = id => folder[id.Value],
        };
        var host = await ApiHost.StartAsync(change?.Invoke(options) ?? options, parts, [.. ApiModules.Standard, .. more]);
        return new TestApi(folder, database, farm, host, works);
    }

    public Task<NewApiKey> KeyAsync(string tenant, params string[] scopes) => Host.Keys.CreateAsync("test", tenant, [.. scopes], null, default);

    /// <summary>A client with a key of its own.</summary>
    public async Task<HttpClient> ClientAsync(string tenant = "", params string[] scopes)
    {
        var key = await KeyAsync(tenant, scopes.Length == 0 ? [Scopes.VideosWrite] : scopes);
        var client = new HttpClient { BaseAddress = Host.Addresses[0], Timeout = TestFarm.Patience };
        client.DefaultRequestHeaders.Add("X-API-Key", key.Text);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        await Farm.DisposeAsync();
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}

internal static class HttpExtensions
{
    public static HttpContent Json(string json) => new StringContent(json, Encoding.UTF8, "application/json");

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The body as a problem, after checking that it is one: its form is the same for every failure.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string? code = null)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), response.Content.Headers.ContentType);
        using var document = JsonDocument.Parse(text);
        var problem = document.RootElement.Clone();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        foreach (var name in new[] { "type", "title", "detail", "instance", "code", "request_id" })
        {
            Assert.NotEqual(string.Empty, problem.GetProperty(name).GetString());
        }

        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), problem.GetProperty("request_id").GetString());
        Assert.StartsWith("ERR_", problem.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        if (code is not null)
        {
            Assert.Equal(code, problem.GetProperty("code").GetString());
        }

        return problem;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Asks for a film until it fits.</summary>
    public static async Task<JsonElement> UntilAsync(this HttpClient client, string id, Func<JsonElement, bool> fits)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (true)
        {
            var video = await (await client.GetAsync($"/api/v2/videos/{id}", patience.Token)).JsonAsync();
            if (fits(video))
            {
                return video;
            }

            Assert.True(video.TryGetProperty("status", out var status) && status.GetString() is not ("failed" or "canceled"), video.GetRawText());
            await Task.Delay(50, patience.Token);
        }
    }
}
