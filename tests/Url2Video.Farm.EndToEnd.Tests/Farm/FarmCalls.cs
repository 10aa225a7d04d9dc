using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>What the tests of a farm ask of it, and how they wait.</summary>
internal static class FarmCalls
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public static async Task<FarmHttp> ClientAsync(this LocalFarm farm, int server, CancellationToken cancellation) =>
        new(new ServerAddress(farm.Urls[server], await farm.KeyAsync(cancellation)), TimeProvider.System);

    public static async Task<string> OrderAsync(this FarmHttp http, string storyboard, string key, CancellationToken cancellation)
    {
        var upload = await http.UploadAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(storyboard), writable: false), cancellation);
        var film = await new Films(http).OrderAsync(ChaosLoad.Order(upload), key, cancellation);
        return film.GetProperty("id").GetString()!;
    }

    /// <summary>Looks again and again: polling is how a client learns it. The token is the bound.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> fits, CancellationToken cancellation)
    {
        while (true)
        {
            var seen = await look();
            if (fits(seen))
            {
                return seen;
            }

            await Task.Delay(BetweenLooks, cancellation);
        }
    }

    public static Task<JsonElement> UntilAsync(this FarmHttp http, string film, Func<JsonElement, bool> fits, CancellationToken cancellation) =>
        UntilAsync(() => new Films(http).GetAsync(film, cancellation), fits, cancellation);

    public static Task<JsonElement> UntilEndedAsync(this FarmHttp http, string film, CancellationToken cancellation) =>
        http.UntilAsync(film, f => f.GetProperty("status").GetString() is "succeeded" or "failed" or "canceled", cancellation);

    public static Task<JsonElement> UntilNodeAsync(this FarmHttp http, string node, Func<JsonElement, bool> fits, CancellationToken cancellation) =>
        UntilAsync(() => http.GetAsync($"/api/v2/farm/nodes/{node}", cancellation), fits, cancellation);

    /// <summary>Waits until all nodes of the farm are there for work.</summary>
    public static async Task UntilNodesWorkAsync(this FarmHttp http, int nodes, CancellationToken cancellation) =>
        await UntilAsync(
            async () => (await http.GetAsync("/api/v2/farm/nodes", cancellation)).GetProperty("data").EnumerateArray().Count(Works), count => count == nodes, cancellation);

    public static bool Works(JsonElement node) => node.GetProperty("doing").GetString() is "ready" or "busy";

    /// <summary>Judges the journal of these films as the chaos runs do.</summary>
    public static async Task AssertSoundAsync(this LocalFarm farm, IReadOnlyCollection<OrderedFilm> films, CancellationToken cancellation)
    {
        await using var database = await FarmDatabase.OpenAsync(StoreUrl.Parse(farm.StoreAddress), cancellation);
        var invariants = await ChaosVerdict.JudgeAsync(films, new DatabaseJournal(database), cancellation);
        Assert.All(invariants, i => Assert.True(i.Holds, $"{i.Name}: {string.Join("; ", i.Violations)}"));
    }

    /// <summary>Fetches the film and compares every file with those of the same film made by one process.</summary>
    public static async Task AssertSameAsync(this FarmHttp http, string film, string made, string alone, CancellationToken cancellation)
    {
        using var downloader = new Downloader(new Films(http), http.Address.Url);
        var files = await downloader.FetchAsync(film, made, cancellation);
        Assert.Contains("video.mp4", files);
        Assert.Contains("hls/master.m3u8", files);
        Assert.All(files, file => Assert.Equal(Hash(Path.Combine(alone, file)), Hash(Path.Combine(made, file))));
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
