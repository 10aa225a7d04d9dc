using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Webhooks;

/// <summary>A whole server, as the program starts it, without nodes: films are ordered and canceled.</summary>
internal sealed class HookFarm : IAsyncDisposable
{
    private readonly ServerHost _host;

    private HookFarm(ServerHost host, string key)
    {
        _host = host;
        Http = new HttpClient { BaseAddress = host.Addresses[0], Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    public HttpClient Http { get; }

    /// <param name="folder">With the store; the same again for another life.</param>
    public static async Task<HookFarm> StartAsync(string folder, bool allowPrivate = true)
    {
        var key = Path.Combine(folder, "admin.key");
        var start = new ServerStart(StoreUrl.OfFile(Path.Combine(folder, "farm.db")), folder, ["http://127.0.0.1:0"], new Uri("http://127.0.0.1:1/"))
        {
            ArtifactDir = Path.Combine(folder, "artifacts"), ClusterHost = "127.0.0.1", AdminKeyOut = key, AllowPrivateAddresses = allowPrivate,
        };
        var host = await ServerHost.StartAsync(start, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        return new HookFarm(host, (await File.ReadAllTextAsync(key)).Trim());
    }

    /// <summary>Orders a film and stops it.</summary>
    public async Task<string> CancelOneAsync(string callback)
    {
        var body = JsonSerializer.Serialize(new { source = new { url = "https://example.test/" + Guid.NewGuid() }, callback_url = callback, metadata = new { order = "7" } });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var id = (await ReadAsync(await Http.PostAsync("/api/v2/videos", content))).GetProperty("id").GetString()!;
        await ReadAsync(await Http.DeleteAsync($"/api/v2/videos/{id}"));
        return id;
    }

    public async Task<string> SecretAsync() => (await ReadAsync(await Http.GetAsync("/api/v2/webhooks/secret"))).GetProperty("secret").GetString()!;

    /// <summary>The only delivery of a film, as soon as it fits.</summary>
    public async Task<JsonElement> DeliveryAsync(string id, Func<JsonElement, bool> fits)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var data = (await ReadAsync(await Http.GetAsync($"/api/v2/videos/{id}/deliveries", patience.Token))).GetProperty("data");
            if (data.GetArrayLength() == 1 && fits(data[0]))
            {
                return data[0];
            }

            await Task.Delay(100, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
    }
}
