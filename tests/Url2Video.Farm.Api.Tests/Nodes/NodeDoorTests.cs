using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Url2Video.Farm.Api.Nodes;
using Url2Video.Farm.Api.RateLimits;
using Url2Video.Farm.Api.Tests.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>The doors that nodes come in by: how often, how long, and for what.</summary>
public sealed class NodeDoorTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private NodeFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await NodeFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(NodeRoutes.Enrol)]
    [InlineData(NodeRoutes.Session)]
    public async Task Knock_MoreOftenThanAnAddressMay_IsToldWhenToComeBack(string route)
    {
        await using var http = await _farm.ListenAsync(change: o => o with { NodeDoorPerHour = 60, NodeDoorBurst = 2 });
        var door = new Uri(http.Addresses[0], route);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await _http.PostAsJsonAsync(door, new { }));
        }

        Assert.DoesNotContain(answers[..2], a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[2].StatusCode);
        Assert.InRange(answers[2].Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains(ErrorCodes.RateLimited, await answers[2].Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:aaaa::1", "20010db800010002")]
    [InlineData("2001:db8:1:2:bbbb::9", "20010db800010002")]
    public void NameOf_CountsNetworksOfIPv6AsOne(string address, string name) => Assert.Equal(name, RemoteAddress.NameOf(IPAddress.Parse(address)));

    [Fact]
    public async Task Upload_OfANodeThatIsRevokedMeanwhile_IsCutOff()
    {
        var session = await SessionAsync("a");
        var bytes = ArtifactServer.Bytes(100_000, 1);
        using var body = new HeldBody(bytes, bytes.Length / 2);
        using var put = new HttpRequestMessage(HttpMethod.Put, new Uri(_farm.Url, FormattableString.Invariant($"/artifacts/{ArtifactServer.RefOf(bytes).Id}?bytes={bytes.Length}"))) { Content = body };
        put.Headers.Authorization = session;
        var sending = _http.SendAsync(put);
        await body.IsHeld.WaitAsync(TestFarm.Patience);
        await NodeFarm.UntilAsync(() => Task.FromResult(_farm.Gateway.OpenRequests == 1), "the upload is under way");

        await _farm.Gateway.Registry.RevokeAsync("a");
        await NodeFarm.UntilAsync(() => Task.FromResult(_farm.Gateway.OpenRequests == 0), "the upload is cut off"); // A client that only sends sees it when it goes on.
        body.Release();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending.WaitAsync(TestFarm.Patience));

        Assert.False(_farm.Artifacts.Exists(ArtifactServer.RefOf(bytes)));
    }

    [Theory]
    [InlineData(NodeStates.Active, 100, 0)]
    [InlineData(NodeStates.Revoked, 0, 1)]
    [InlineData(null, 100, 1)]
    [InlineData(null, -100, 0)]
    public void Judge_CutsOffWhoIsRevokedOrStruckOff(string? state, long askedAfterMillis, int cuts)
    {
        var open = new OpenRequests(TimeProvider.System);
        var cut = 0;
        using var request = open.Track(new NodeId("a"), () => cut++);
        var standings = new Dictionary<NodeId, NodeStanding>();
        if (state is not null)
        {
            standings.Add(new NodeId("a"), new(new NodeId("a"), 1, 0, state, null, null));
        }

        // What the store said before the request began says nothing of a node that came in since.
        open.Judge(standings, TimeProvider.System.GetTimestamp() + (askedAfterMillis * TimeProvider.System.TimestampFrequency / 1_000));

        Assert.Equal(cuts, cut);
    }

    [Fact]
    public async Task JobLog_OfAnAttemptThatIsAnothers_IsRefused()
    {
        using var gate = new Gate(job => job.Work.Kind == JobKind.Write);
        await _farm.JoinAsync("honest", new FakeFarmhand(1) { Before = gate.PassAsync });
        var project = await _farm.SubmitAsync();
        await gate.SomeoneHeld;
        var job = (await _farm.Client.JobsAsync(project, new JobFilter(Prefix: "write"), null, 1, default))!.Jobs[0];
        var text = await _farm.Artifacts.WriteAsync("all is well"u8.ToArray(), default);
        var entry = new JobLogEntry(project, job.Name, job.Attempt, new NodeId("honest"), text, AttemptOutcomes.Finished, 1, 2);

        Assert.Equal(HttpStatusCode.Forbidden, await TellLogAsync(await SessionAsync("thief"), entry));
        Assert.Equal(HttpStatusCode.Forbidden, await TellLogAsync(await SessionAsync("thief2"), entry with { Attempt = entry.Attempt + 1 }));
        Assert.Empty(await new DatabaseJobLogs(_farm.Database, _farm.Artifacts).ListAsync(project));
    }

    [Fact]
    public async Task JobLog_OfANodesOwnAttempt_IsListed()
    {
        await _farm.JoinAsync("a", new FakeFarmhand(1), remote: true);
        var project = await _farm.SubmitAsync();
        await _farm.FinishedAsync(project);

        var logs = new DatabaseJobLogs(_farm.Database, _farm.Artifacts);
        await NodeFarm.UntilAsync(
            async () => (await logs.ListAsync(project)).Any(l => l is { Job: "write", Node.Value: "a", Outcome: AttemptOutcomes.Finished }), "the log is listed");
    }

    [Fact]
    public void Book_KeepsTheLatestAttemptsOfEachNode()
    {
        var book = new GrantBook();
        var (job, node) = (new JobId(new ProjectId("p"), "write"), new NodeIncarnation(new NodeId("a"), 1));
        for (var attempt = 1; attempt <= 10 * Limits.SlotsPerNodeMax; attempt++)
        {
            book.Granted(new Lease(job, attempt, node));
        }

        Assert.True(book.Knows(node.Node, job, 10 * Limits.SlotsPerNodeMax));
        Assert.False(book.Knows(node.Node, job, 1));
        Assert.False(book.Knows(new NodeId("b"), job, 10 * Limits.SlotsPerNodeMax));
    }

    private async Task<HttpStatusCode> TellLogAsync(AuthenticationHeaderValue session, JobLogEntry entry)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_farm.Url, FarmRoutesOfNodes.JobLogs))
        {
            Content = JsonContent.Create(JobLogReport.Of(entry), JobLogJson.Default.JobLogReport),
        };
        request.Headers.Authorization = session;
        return (await _http.SendAsync(request)).StatusCode;
    }

    private async Task<AuthenticationHeaderValue> SessionAsync(string name)
    {
        using var hand = new NodeHand(_farm.Url, name);
        await hand.EnrolAsync(await _farm.TokenAsync());
        return new("Bearer", (await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session);
    }

    /// <summary>Sends the first bytes and then waits.</summary>
    private sealed class HeldBody(byte[] bytes, int first) : HttpContent
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsHeld => _held.Task;

        public void Release() => _go.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, first));
            await stream.FlushAsync();
            _held.TrySetResult();
            await _go.Task;
            await stream.WriteAsync(bytes.AsMemory(first));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
