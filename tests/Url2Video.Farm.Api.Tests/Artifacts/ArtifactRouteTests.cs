using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Tests.Artifacts;

public sealed class ArtifactRouteTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private ArtifactServer _server = null!;

    public async Task InitializeAsync() => _server = await ArtifactServer.StartAsync(_folder["server"]);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Put_NewThenAgain_IsCreatedOnceAndReadable()
    {
        var bytes = ArtifactServer.Bytes(300_000, seed: 1);

        var first = await PutAsync(bytes);
        var second = await PutAsync(bytes);
        var back = await _http.SendAsync(_server.Request(HttpMethod.Get, PathOf(bytes)));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(bytes, await back.Content.ReadAsByteArrayAsync());
        Assert.Contains("immutable", back.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RangeEtagAndHead_AreThoseOfAFile()
    {
        var bytes = ArtifactServer.Bytes(100_000, seed: 2);
        await PutAsync(bytes);
        var range = _server.Request(HttpMethod.Get, PathOf(bytes));
        range.Headers.Range = new RangeHeaderValue(99_990, null);
        var same = _server.Request(HttpMethod.Get, PathOf(bytes));
        same.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{ArtifactServer.RefOf(bytes).Id}\""));

        var part = await _http.SendAsync(range);
        var head = await _http.SendAsync(_server.Request(HttpMethod.Head, PathOf(bytes)));

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[99_990..], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, (await _http.SendAsync(same)).StatusCode);
        Assert.Equal(100_000, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Put_OtherBytesThanItsName_IsRefusedAndForgotten()
    {
        var (wanted, sent) = (ArtifactServer.Bytes(50_000, seed: 3), ArtifactServer.Bytes(50_000, seed: 4));

        var answer = await PutAsync(wanted, body: sent);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, ErrorCodes.ArtifactCorrupt), (answer.StatusCode, await CodeOfAsync(answer)));
        Assert.Equal(0, await OffsetOfAsync(wanted));
        Assert.Null(_server.Store.Find(ArtifactServer.RefOf(wanted).Id));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_server.Store.Root, "partial")));
    }

    [Fact]
    public async Task Put_InTwoParts_GoesOnWhereItStands()
    {
        var bytes = ArtifactServer.Bytes(50_000, seed: 5);

        var first = await PutAsync(bytes, body: bytes[..20_000]);
        var wrong = await PutAsync(bytes, body: bytes[30_000..], offset: 30_000);
        var second = await PutAsync(bytes, body: bytes[20_000..], offset: await OffsetOfAsync(bytes));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.Created), (first.StatusCode, wrong.StatusCode, second.StatusCode));
        Assert.Equal(bytes, await _server.Store.ReadAsync(ArtifactServer.RefOf(bytes), bytes.Length, CancellationToken.None));
    }

    [Fact]
    public async Task Put_MoreThanAnnounced_IsRefused()
    {
        var bytes = ArtifactServer.Bytes(1_000, seed: 6);
        var request = _server.Request(HttpMethod.Put, $"/artifacts/{ArtifactServer.RefOf(bytes).Id}?bytes=10");
        request.Content = new ByteArrayContent(bytes);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/artifacts/..%2f..%2fetc%2fpasswd?bytes=1")]
    [InlineData("/artifacts/ABCDEF?bytes=1")]
    public async Task Get_NameThatIsNoHash_IsNotFound(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _http.SendAsync(_server.Request(HttpMethod.Get, path))).StatusCode);

    [Fact]
    public async Task EveryRoute_WithoutTheRightToIt_IsRefused()
    {
        var sha = ArtifactServer.RefOf([1]).Id.Sha256;
        string[] paths = ["/artifacts/" + sha, $"/artifacts/{sha}/upload", PeerRoutes.Artifacts + sha, "/node/v1/results/" + sha, "/node/v1/job-logs", "/api/v2/farm/artifacts/" + sha];
        foreach (var path in paths)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Post })
            {
                // A node is no server: its token opens nothing of the peers'.
                var token = path.StartsWith("/peer", StringComparison.Ordinal) ? "node-a" : "revoked";
                var request = _server.Request(method, path + "?bytes=1", token);
                request.Content = method == HttpMethod.Get ? null : new ByteArrayContent([1]);
                var status = (await _http.SendAsync(request)).StatusCode;
                Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed, $"{method} {path}: {status}");
            }
        }

        Assert.Null(_server.Store.Find(ArtifactServer.RefOf([1]).Id));
        Assert.All(_server.Endpoints, e => Assert.True(e.Metadata.GetMetadata<Access>() is not null || e.DisplayName!.StartsWith("405", StringComparison.Ordinal), e.DisplayName));
    }

    [Fact]
    public void PeerToken_OfAnotherRequestSecretOrTime_IsNotGood()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        var token = PeerToken.Make(ArtifactServer.Secret, "GET", "/peer/v1/artifacts/a", now);

        Assert.True(PeerToken.IsGood(token, ArtifactServer.Secret, "GET", "/peer/v1/artifacts/a", now));
        Assert.False(PeerToken.IsGood(token, ArtifactServer.Secret, "PUT", "/peer/v1/artifacts/a", now));
        Assert.False(PeerToken.IsGood(token, ArtifactServer.Secret, "GET", "/peer/v1/artifacts/b", now));
        Assert.False(PeerToken.IsGood(token, new byte[32], "GET", "/peer/v1/artifacts/a", now));
        Assert.False(PeerToken.IsGood(token, ArtifactServer.Secret, "GET", "/peer/v1/artifacts/a", now.AddHours(1)));
        Assert.False(PeerToken.IsGood("1.zz", ArtifactServer.Secret, "GET", "/peer/v1/artifacts/a", now));
        Assert.False(PeerToken.IsGood(null, ArtifactServer.Secret, "GET", "/peer/v1/artifacts/a", now));
    }

    private static string PathOf(byte[] bytes) => FormattableString.Invariant($"/artifacts/{ArtifactServer.RefOf(bytes).Id}?bytes={bytes.Length}");

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    private async Task<long> OffsetOfAsync(byte[] bytes)
    {
        var answer = await _http.SendAsync(_server.Request(HttpMethod.Get, PathOf(bytes).Replace("?", "/upload?", StringComparison.Ordinal)));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("offset").GetInt64();
    }

    private Task<HttpResponseMessage> PutAsync(byte[] bytes, byte[]? body = null, long offset = 0)
    {
        var request = _server.Request(HttpMethod.Put, PathOf(bytes));
        request.Content = new ByteArrayContent(body ?? bytes);
        request.Headers.Add("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return _http.SendAsync(request);
    }
}
