using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Tests.Time;

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

    [Fact]
    public async Task Bring_OnlyADeadServerMayHaveIt_HoldsNoThreadAndIsNotTriedAgainAtOnce()
    {
        var (dead, clock) = (new Silent(), new ManualTime());
        using var http = new HttpMessageInvoker(dead);
        var store = new ArtifactStore(_folder["own"]);
        await using var peers = new PeerArtifacts(new PeerSetup(store, new FixedPeers([new Uri("http://127.0.0.1:1/")]), http, ArtifactServer.Secret, 1, clock, NullLogger.Instance));
        var wanted = ArtifactServer.RefOf([1, 2, 3]);

        var reading = peers.Store.OpenReadAsync(wanted, CancellationToken.None).AsTask(); // Returns although the server does not answer.
        Assert.False(reading.IsCompleted);
        dead.Fail();
        await Assert.ThrowsAsync<FarmException>(() => reading.WaitAsync(TestFarm.Patience));
        var asked = dead.Asked;
        Assert.False(await peers.TryBringAsync(ArtifactServer.RefOf([4]), CancellationToken.None));
        Assert.Equal(asked, dead.Asked);

        clock.Advance(TimeSpan.FromSeconds(Limits.PeerDeadSeconds));
        Assert.False(await peers.TryBringAsync(wanted, CancellationToken.None));
        Assert.True(dead.Asked > asked);
    }

    private sealed class FixedPeers(ImmutableArray<Uri> others) : IPeers
    {
        public ValueTask<ImmutableArray<Uri>> OthersAsync(CancellationToken cancellation) => ValueTask.FromResult(others);
    }

    /// <summary>Answers nothing, until it fails.</summary>
    private sealed class Silent : HttpMessageHandler
    {
        private readonly TaskCompletionSource<HttpResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public int Asked => _asked;

        public void Fail() => _answer.SetException(new HttpRequestException("connection refused"));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return _answer.Task;
        }
    }

    private static string PathOf(byte[] bytes) => FormattableString.Invariant($"/artifacts/{ArtifactServer.RefOf(bytes).Id}?bytes={bytes.Length}");

    private static HttpRequestMessage Put(ArtifactServer server, byte[] bytes)
    {
        var request = server.Request(HttpMethod.Put, PathOf(bytes));
        request.Content = new ByteArrayContent(bytes);
        return request;
    }
}
