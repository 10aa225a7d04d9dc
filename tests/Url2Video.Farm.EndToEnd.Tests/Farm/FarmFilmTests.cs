using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>A whole farm of real processes on a real PostgreSQL, with real films.</summary>
[Collection("farm")] // One farm at a time: they would only starve each other.
public sealed class FarmFilmTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [RequiresPostgresFact]
    public async Task Film_WhileTwoNodesAndAServerAreKilled_IsTheSameToTheBitAndNothingIsDoneTwice()
    {
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        var alone = RenderAloneAsync(folder, patience.Token);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 2, Nodes: 4, Store: null, Workers: 1, FirstPort: 0) { Restarts = false }, output.WriteLine, TimeProvider.System, patience.Token);
        var key = await farm.KeyAsync(patience.Token);
        using var first = new FarmHttp(new ServerAddress(farm.Urls[0], key), TimeProvider.System);
        using var second = new FarmHttp(new ServerAddress(farm.Urls[1], key), TimeProvider.System);

        var id = await OrderAsync(first, patience.Token);
        await UntilAsync(second, id, film => film.GetProperty("progress").GetDouble() > 0.15, patience.Token);
        farm.Process("node-1").Signal(Signals.Kill);
        farm.Process("node-2").Signal(Signals.Kill);
        farm.Process("server-1").Signal(Signals.Kill);
        var end = await UntilAsync(second, id, film => film.GetProperty("status").GetString() is "succeeded" or "failed" or "canceled", patience.Token);

        Assert.Equal("succeeded", end.GetProperty("status").GetString());
        await alone;
        using var downloader = new Downloader(new Films(second), farm.Urls[1]);
        var files = await downloader.FetchAsync(id, folder["made"], patience.Token);
        Assert.Contains("video.mp4", files);
        Assert.Contains("hls/master.m3u8", files);
        Assert.All(files, file => Assert.Equal(Hash(Path.Combine(folder["alone"], file)), Hash(Path.Combine(folder["made"], file))));
        await using var database = await FarmDatabase.OpenAsync(StoreUrl.Parse(farm.StoreAddress), patience.Token);
        var invariants = await ChaosVerdict.JudgeAsync([new OrderedFilm(1, id, "succeeded", null)], new DatabaseJournal(database), patience.Token);
        Assert.All(invariants, i => Assert.True(i.Holds, $"{i.Name}: {string.Join("; ", i.Violations)}"));
    }

    private static async Task RenderAloneAsync(FarmFolder folder, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(folder["storyboard.json"], LongerFilm, cancellation);
        await LocalRender.RunAsync(folder["storyboard.json"], folder["alone"], folder["alone-data"], cancellation);
    }

    private static async Task<string> OrderAsync(FarmHttp http, CancellationToken cancellation)
    {
        var upload = await http.UploadAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(LongerFilm), writable: false), cancellation);
        var order = ChaosLoad.Order(upload);
        var film = await new Films(http).OrderAsync(order, "one", cancellation);
        return film.GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> UntilAsync(FarmHttp http, string id, Func<JsonElement, bool> fits, CancellationToken cancellation)
    {
        var films = new Films(http);
        while (true)
        {
            var film = await films.GetAsync(id, cancellation);
            if (fits(film))
            {
                return film;
            }

            await Task.Delay(400, cancellation); // Polling is how a client learns it; the token is the bound. More often is more than a key may ask.
        }
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>About a minute, so that there is something left to do after the killing.</summary>
    private const string LongerFilm = """
        {
          "schema": "url2video.storyboard/1", "title": "A longer film", "language": "en",
          "canvas": { "width": 640, "height": 360, "fps": 30 },
          "scenes": [
            { "id": "a", "role": "title", "say": "This film is made while machines die.", "text": [ { "kind": "title", "values": ["One"] } ],
              "visual": { "kind": "procedural", "pattern": "gradient", "seed": 11 }, "timing": { "minMs": 14000 } },
            { "id": "b", "role": "point", "say": "Two nodes and a server are killed on the way.", "text": [ { "kind": "bullets", "values": ["First", "Second"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": 12 }, "timing": { "minMs": 16000 } },
            { "id": "c", "role": "quote", "say": "", "text": [ { "kind": "quote", "values": ["Nothing is lost.", "The farm"] } ],
              "visual": { "kind": "procedural", "pattern": "grid", "seed": 13 }, "timing": { "minMs": 14000 } },
            { "id": "d", "role": "cta", "say": "And it is the same film, to the bit.", "text": [ { "kind": "lowerThird", "values": ["The end"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": 14 }, "timing": { "minMs": 12000 } }
          ]
        }
        """;
}
