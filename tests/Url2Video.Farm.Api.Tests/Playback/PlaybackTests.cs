using System.Net;
using System.Net.Http.Headers;
using Url2Video.Farm.Api.Playback;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Api.Tests.Videos;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Api.Tests.Playback;

[Collection(FilmCollection.Name)]
public sealed class PlaybackTests(FilmApi api) : IDisposable
{
    private readonly HttpClient _player = new() { Timeout = TestFarm.Patience };

    [Fact]
    public async Task Film_PlaysByItsSignedAddressAlone_EveryFileThatPlaylistsName()
    {
        var id = await api.OrderAsync();
        var outputs = (await api.Client.UntilAsync(id, v => v.Text("status") == "succeeded")).GetProperty("outputs");
        var master = new Uri(outputs.Text("hls"));
        var fetched = 0;
        foreach (var playlist in await NamedAsync(master))
        {
            foreach (var segment in await NamedAsync(playlist))
            {
                using var response = await _player.GetAsync(segment);
                Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {segment}");
                Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
                fetched++;
            }
        }

        Assert.True(fetched > 10, $"{fetched} segments");
        using var manifest = await _player.GetAsync(outputs.Text("dash"));
        Assert.Equal("application/dash+xml", manifest.Content.Headers.ContentType!.MediaType);
        Assert.True(manifest.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Film_PlaysWhileItIsMade()
    {
        using var gate = new Gate(job => job.Work is JobWork.Render { Chunk.Index: > 1 });
        api.Hand.Before = gate.PassAsync;
        var id = await api.OrderAsync();
        gate.HoldOnly(new ProjectId(id));
        var video = await api.Client.UntilAsync(id, v => v.TryGetProperty("outputs", out var o) && o.TryGetProperty("hls", out _));
        Assert.NotEqual("succeeded", video.Text("status"));
        var playlists = await NamedAsync(new Uri(video.GetProperty("outputs").Text("hls")));
        Assert.Equal(HttpStatusCode.OK, (await _player.GetAsync((await NamedAsync(playlists[0]))[0])).StatusCode);
        gate.Open();
        await api.Client.UntilAsync(id, v => v.Text("status") == "succeeded");
    }

    [Fact]
    public async Task File_ByRangeAndByTag_IsWhatHttpSays()
    {
        var mp4 = await Mp4Async();
        using var whole = await _player.GetAsync(mp4);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal("video/mp4", whole.Content.Headers.ContentType!.MediaType);

        using var part = new HttpRequestMessage(HttpMethod.Get, mp4);
        part.Headers.Range = new RangeHeaderValue(10, 19);
        using var partial = await _player.SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, partial.StatusCode);
        Assert.Equal(bytes[10..20], await partial.Content.ReadAsByteArrayAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, mp4);
        again.Headers.IfNoneMatch.Add(whole.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _player.SendAsync(again)).StatusCode);

        using var beyond = new HttpRequestMessage(HttpMethod.Get, mp4);
        beyond.Headers.Range = new RangeHeaderValue(bytes.Length + 10, null);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await _player.SendAsync(beyond)).StatusCode);

        using var head = await _player.SendAsync(new HttpRequestMessage(HttpMethod.Head, mp4));
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        using var download = await _player.GetAsync(mp4 + "?download=1");
        Assert.Equal("video.mp4", download.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task Player_OfAnyOrigin_MayReadFilmsButNotTheApi()
    {
        var mp4 = await Mp4Async();
        using var fetch = new HttpRequestMessage(HttpMethod.Get, mp4);
        fetch.Headers.Add("Origin", "https://site.example");
        Assert.Equal("*", (await _player.SendAsync(fetch)).Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var evil = new HttpRequestMessage(HttpMethod.Get, "/api/v2/me");
        evil.Headers.Add("Origin", "https://site.example");
        Assert.False((await api.Client.SendAsync(evil)).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Address_ChangedInAnyPart_IsRefused()
    {
        var mp4 = await Mp4Async();
        var other = await api.OrderAsync();
        var parts = mp4.AbsolutePath.Split('/'); // "", play, ticket, project, file
        var ticket = parts[2].Split('.');
        string[] forged =
        [
            $"/play/{parts[2]}/{other}/video.mp4",
            $"/play/{ticket[0]}.{long.Parse(ticket[1]) + 3_600}.{ticket[2]}/{parts[3]}/video.mp4",
            $"/play/{ticket[0]}.{ticket[1]}.{ticket[2][..^2]}AA/{parts[3]}/video.mp4",
            $"/play/00000000.{ticket[1]}.{ticket[2]}/{parts[3]}/video.mp4",
            $"/play/{ticket[0]}.{ticket[1]}.{ticket[2][..^1]}!/{parts[3]}/video.mp4",
            $"/play/x/{parts[3]}/video.mp4",
        ];
        foreach (var path in forged)
        {
            using var response = await _player.GetAsync(new Uri(mp4, path));
            var problem = await response.ProblemAsync(HttpStatusCode.Forbidden, "ERR_FORBIDDEN");
            Assert.Equal("/play", problem.Text("instance")); // The address is a secret: it is not said again.
        }

        await (await _player.GetAsync(new Uri(mp4, $"/play/{parts[2]}/{parts[3]}/no-such.mp4"))).ProblemAsync(HttpStatusCode.NotFound);
        await (await _player.GetAsync(new Uri(mp4, $"/play/{parts[2]}/{parts[3]}/..%2f..%2fetc%2fpasswd"))).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Address_OfARevokedKey_Ends()
    {
        var id = await api.OrderAsync();
        await api.Client.UntilAsync(id, v => v.Text("status") == "succeeded");
        var key = await api.Host.Keys.CreateAsync("short", "", [Api.Hosting.Scopes.VideosRead], null, default);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v2/videos/{id}/files");
        request.Headers.Add("X-API-Key", key.Text);
        using var client = new HttpClient { BaseAddress = api.Client.BaseAddress };
        var file = (await (await client.SendAsync(request)).JsonAsync()).GetProperty("data").EnumerateArray().First().Text("url");
        Assert.Equal(HttpStatusCode.OK, (await _player.GetAsync(file)).StatusCode);
        await api.Host.Keys.RevokeAsync(key.Key.Id, default);
        await (await _player.GetAsync(file)).ProblemAsync(HttpStatusCode.Forbidden, "ERR_LINK_EXPIRED");
    }

    [Fact]
    public async Task Address_AfterItsEnd_IsOver()
    {
        var clock = new ManualClock();
        var links = await SignedLinks.OpenAsync(api.Database, clock, default);
        var project = new ProjectId("prj_01JCY0000000000000000000AA");
        var ticket = links.For(project, "abcdefgh").Path.Split('/')[2];
        Assert.Equal(LinkVerdict.Good, links.Judge(ticket, project.Value, out var key));
        Assert.Equal("abcdefgh", key);
        clock.Advance(TimeSpan.FromHours(Limits.LinkHours + 2));
        Assert.Equal(LinkVerdict.Expired, links.Judge(ticket, project.Value, out _));
    }

    public void Dispose() => _player.Dispose();

    private async Task<Uri> Mp4Async() => new((await api.Client.UntilAsync(await api.OrderAsync(), v => v.Text("status") == "succeeded")).GetProperty("outputs").Text("mp4"));

    /// <summary>The addresses a playlist names, each relative to itself, as a player finds them.</summary>
    private async Task<List<Uri>> NamedAsync(Uri playlist)
    {
        using var response = await _player.GetAsync(playlist);
        Assert.Equal("application/vnd.apple.mpegurl", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n');
        return [.. lines.Where(l => l.Length > 0 && l[0] != '#').Select(l => new Uri(playlist, l))];
    }
}
