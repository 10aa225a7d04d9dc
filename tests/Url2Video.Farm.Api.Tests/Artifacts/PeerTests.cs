using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Tests.Fakes;

namespace Url2Video.Farm.Api.Tests.Artifacts;

public sealed class PeerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Put_WithTwoCopies_OutlivesTheServerThatTookIt()
    {
        Uri? b = null;
        var bytes = ArtifactServer.Bytes(400_000, 1);
        var first = await ArtifactServer.StartAsync(_folder["a"], () => b is null ? [] : [b], copies: 2);
        await using var second = await ArtifactServer.StartAsync(_folder["b"], () => [], copies: 2);
        b = second.Url;

        var put = await _http.SendAsync(Put(first, bytes));
        await first.DisposeAsync();
        var back = await _http.SendAsync(second.Request(HttpMethod.Get, PathOf(bytes)));

        Assert.True(put.IsSuccessStatusCode);
        Assert.Equal(bytes, await back.Content.ReadAsByteArrayAsync());
        Assert.Equal(0, second.Peers.Owed);
    }

    [Fact]
    public async Task Get_OnlyAnotherServerHasIt_IsFetchedFromThere()
    {
        var bytes = ArtifactServer.Bytes(400_000, 2);
        await using var first = await ArtifactServer.StartAsync(_folder["a"], () => []);
        var url = first.Url;
        await using var second = await ArtifactServer.StartAsync(_folder["b"], () => [new Uri("http://127.0.0.1:1/"), url]);
        await _http.SendAsync(Put(first, bytes));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _http.SendAsync(second.Request(HttpMethod.Get, PathOf(bytes)))));

        foreach (var answer in answers)
        {
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        }

        Assert.NotNull(second.Store.Find(ArtifactServer.RefOf(bytes).Id));
    }

    [Fact]
    public async Task Store_NobodyTakesTheCopy_IsOwedAndPaidLater()
    {
        ImmutableArray<Uri> others = [];
        var bytes = ArtifactServer.Bytes(1_000, 3);
        await using var first = await ArtifactServer.StartAsync(_folder["a"], () => others, copies: 2);
        await using var second = await ArtifactServer.StartAsync(_folder["b"], () => []);

        var artifact = await first.Store.WriteAsync(bytes, CancellationToken.None);
        var owed = first.Peers.Owed;
        others = [second.Url];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (first.Peers.Owed > 0)
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.Equal(1, owed);
        second.Store.Verify(artifact);
    }

    private static string PathOf(byte[] bytes) => FormattableString.Invariant($"/artifacts/{ArtifactServer.RefOf(bytes).Id}?bytes={bytes.Length}");

    private static HttpRequestMessage Put(ArtifactServer server, byte[] bytes)
    {
        var request = server.Request(HttpMethod.Put, PathOf(bytes));
        request.Content = new ByteArrayContent(bytes);
        return request;
    }
}
