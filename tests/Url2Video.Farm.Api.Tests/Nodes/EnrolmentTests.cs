using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>Tokens, certificates and sessions against a real server.</summary>
public sealed class EnrolmentTests : IAsyncLifetime
{
    private NodeFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await NodeFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Enrol_TokenOfTwoUses_LetsTwoInAndNoThird()
    {
        var token = await _farm.TokenAsync(uses: 2);
        using var first = new NodeHand(_farm.Url, "a");
        using var second = new NodeHand(_farm.Url, "b");
        using var third = new NodeHand(_farm.Url, "c");

        await first.EnrolAsync(token);
        await first.EnrolAsync(token); // Its answer was lost: takes no other use.
        await second.EnrolAsync(token);

        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => third.EnrolAsync(token)));
        Assert.Equal(["a", "b"], (await _farm.Gateway.Registry.ListAsync()).Select(n => n.Name.Value));
    }

    [Fact]
    public async Task Enrol_ManyAtOnce_NoMoreThanTheTokenHasUses()
    {
        var token = await _farm.TokenAsync(uses: 3);
        var hands = Enumerable.Range(0, 8).Select(i => new NodeHand(_farm.Url, $"n{i}")).ToArray();

        var refusals = await Task.WhenAll(hands.Select(h => RefusalAsync(() => h.EnrolAsync(token))));

        Assert.Equal((3, 5), (refusals.Count(r => r is null), refusals.Count(r => r == ErrorCodes.JoinRefused)));
        Array.ForEach(hands, h => h.Dispose());
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("nonsense")]
    public async Task Enrol_TokenThatIsNotGood_IsRefused(string why)
    {
        var token = await _farm.TokenAsync();
        var id = token.Split('_')[1];
        switch (why)
        {
            case "secret":
                token = token.Replace(token.Split('_')[2], new string('0', 48), StringComparison.Ordinal);
                break;
            case "expired":
                await _farm.Database.ExecuteAsync("UPDATE farm_join_token SET expires_ms = 1", default);
                break;
            case "revoked":
                Assert.True(await _farm.Gateway.Tokens.RevokeAsync(id));
                break;
            default:
                token = "u2vjoin_' OR 1=1 --";
                break;
        }

        using var hand = new NodeHand(_farm.Url, "a");

        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => hand.EnrolAsync(token)));
        Assert.Empty(await _farm.Gateway.Registry.ListAsync());
    }

    [Fact]
    public async Task Enrol_NameThatIsTaken_NeedsTheSameKey()
    {
        var token = await _farm.TokenAsync(uses: 5);
        using var owner = new NodeHand(_farm.Url, "a");
        using var other = new NodeHand(_farm.Url, "a");
        await owner.EnrolAsync(token);

        Assert.Equal(ErrorCodes.Conflict, await RefusalAsync(() => other.EnrolAsync(token)));
        await _farm.Gateway.Registry.ForgetAsync("a");
        await other.EnrolAsync(token);
        Assert.Equal(ErrorCodes.NodeRevoked, await RefusalAsync(() => owner.Client.OpenSessionAsync(_farm.Url, owner.Signed())));
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("a b")]
    public async Task Enrol_NameThatIsNone_IsRefused(string name)
    {
        using var hand = new NodeHand(_farm.Url, "x" + name);
        var request = new Cluster.Link.EnrolRequest(await _farm.TokenAsync(), name, Convert.ToBase64String(Node.Joining.NodeIdentity.RequestOf(hand.Key, "x")));

        Assert.Equal(ErrorCodes.InvalidArgument, await RefusalAsync(() => hand.Client.EnrolAsync(_farm.Url, request, default)));
    }

    [Fact]
    public async Task Session_SignedRequest_OpensOneSessionAndNoSecond()
    {
        using var hand = await EnrolledAsync("a");
        var request = hand.Signed();

        var reply = await hand.Client.OpenSessionAsync(_farm.Url, request);

        Assert.Equal(new NodeId("a"), (await _farm.Gateway.Sessions.ValidateAsync(reply.Session))?.Node);
        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => hand.Client.OpenSessionAsync(_farm.Url, request)));
        Assert.Null(await _farm.Gateway.Sessions.ValidateAsync(reply.Session[..^1] + (reply.Session[^1] == 'A' ? 'B' : 'A')));
    }

    [Fact]
    public async Task Session_ForeignKeyForeignCertificateOrOldClock_IsRefused()
    {
        using var hand = await EnrolledAsync("a");
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var elsewhere = await NodeFarm.StartAsync();
        using var foreign = elsewhere.Authority.IssueNode(Node.Joining.NodeIdentity.RequestOf(thief, "a"), "a", TimeSpan.FromDays(1));
        using var server = _farm.Authority.IssueServer(["a"]);
        using var serverKey = server.GetECDsaPrivateKey()!;
        var hour = TimeSpan.FromHours(1);

        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => hand.Client.OpenSessionAsync(_farm.Url, hand.Signed(by: thief))));
        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => hand.Client.OpenSessionAsync(_farm.Url, hand.Signed(thief, Convert.ToBase64String(foreign.RawData)))));
        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => hand.Client.OpenSessionAsync(_farm.Url, hand.Signed(serverKey, Convert.ToBase64String(server.RawData)))));
        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => hand.Client.OpenSessionAsync(_farm.Url, hand.Signed(off: hour))));
        Assert.Equal(ErrorCodes.JoinRefused, await RefusalAsync(() => hand.Client.OpenSessionAsync(_farm.Url, hand.Signed(off: -hour))));
    }

    [Fact]
    public async Task Renew_NewKey_ReplacesTheFormerCertificate()
    {
        using var hand = await EnrolledAsync("a");
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var session = (await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session;

        var renewed = await hand.Client.RenewAsync(
            _farm.Url, new Cluster.Link.RenewRequest(Convert.ToBase64String(Node.Joining.NodeIdentity.RequestOf(next, "a"))), session, default);
        var reply = await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed(next, renewed.Certificate));

        Assert.NotNull(await _farm.Gateway.Sessions.ValidateAsync(reply.Session));
        var ends = await _farm.Database.QueryAsync("SELECT expires_ms FROM farm_credential ORDER BY made_ms", r => r.GetInt64(0), default);
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(Limits.NodeCertificateOverlapSeconds + 60).ToUnixTimeMilliseconds();
        Assert.Equal((true, false), (ends[0] < soon, ends[1] < soon));
    }

    [Fact]
    public async Task Renew_NodeThatIsRevokedMeanwhile_GetsNoCredential()
    {
        using var hand = await EnrolledAsync("a");
        var session = (await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session;
        Assert.NotNull(await _farm.Gateway.Sessions.ValidateAsync(session)); // Remembered as good for a second.
        await _farm.Database.ExecuteAsync("UPDATE farm_node SET state = 'revoked'", default);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var refusal = await RefusalAsync(() => hand.Client.RenewAsync(
            _farm.Url, new Cluster.Link.RenewRequest(Convert.ToBase64String(Node.Joining.NodeIdentity.RequestOf(next, "a"))), session, default));

        Assert.Equal(ErrorCodes.NodeRevoked, refusal);
        Assert.Equal(1, (await _farm.Database.QueryAsync("SELECT count(*) FROM farm_credential", r => r.GetInt64(0), default)).Single());
    }

    [Fact]
    public async Task Renew_LinkThatOutlivesItsCertificate_HasANewOneInTime()
    {
        var clock = new LongWaitsAreShort();
        var node = await _farm.JoinAsync("a", new Cluster.Tests.Fakes.FakeFarmhand(1), clock: clock);
        await _farm.LinkedAsync("a");
        var first = node.Link.Current;

        clock.Ahead = TimeSpan.FromDays(Limits.NodeCertificateDays * 0.5);

        await NodeFarm.UntilAsync(
            async () => (await _farm.Database.QueryAsync("SELECT count(*) FROM farm_credential", r => r.GetInt64(0), default)).Single() > 1, "a new certificate");
        Assert.True(node.IsLinked);
        Assert.Equal(first, node.Link.Current);
    }

    [Fact]
    public async Task Revoke_SessionAndLink_AreRefusedAtOnce()
    {
        using var hand = await EnrolledAsync("a");
        var session = (await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session;
        using var link = await hand.LinkAsync(session);
        Assert.Equal(HttpStatusCode.NotFound, await ArtifactAsync(hand, session));

        await _farm.Gateway.Registry.RevokeAsync("a", "stolen");
        await NodeHand.ClosedAsync(link);

        await NodeFarm.UntilAsync(async () => await _farm.Gateway.Sessions.ValidateAsync(session) is null, "the session is void");
        Assert.Equal(HttpStatusCode.Unauthorized, await ArtifactAsync(hand, session));
        Assert.Equal(ErrorCodes.NodeRevoked, await RefusalAsync(() => hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())));
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => hand.LinkAsync(session));
        Assert.Equal(ErrorCodes.NodeRevoked, await RefusalAsync(() => _farm.Gateway.Registry.ResumeAsync("a")));
    }

    [Fact]
    public async Task Revoke_ThenForgotten_JoinsAgainWithANewTokenOnly()
    {
        var hand = new Cluster.Tests.Fakes.FakeFarmhand(1);
        var node = await _farm.JoinAsync("a", hand);
        await _farm.LinkedAsync("a");
        var session = await node.Link.TokenAsync(default);
        await _farm.Gateway.Registry.RevokeAsync("a");
        await NodeFarm.UntilAsync(async () => await _farm.Gateway.Sessions.ValidateAsync(session) is null, "the session is void");
        await Assert.ThrowsAsync<FarmException>(() => node.Ended.WaitAsync(Cluster.Tests.Fakes.TestFarm.Patience));
        await node.StopAsync();

        Assert.Equal(ErrorCodes.NodeRevoked, await RefusalAsync(() => _farm.JoinAsync("a", hand))); // No token helps.
        await _farm.Gateway.Registry.ForgetAsync("a");
        await _farm.JoinAsync("a", hand);

        await _farm.LinkedAsync("a");
    }

    private async Task<HttpStatusCode> ArtifactAsync(NodeHand hand, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_farm.Url, "/artifacts/" + new string('a', 64)));
        request.Headers.Authorization = new("Bearer", session);
        using var response = await hand.Client.Http.SendAsync(request, default);
        return response.StatusCode;
    }

    private async Task<NodeHand> EnrolledAsync(string name)
    {
        var hand = new NodeHand(_farm.Url, name);
        await hand.EnrolAsync(await _farm.TokenAsync());
        return hand;
    }

    private static async Task<string?> RefusalAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (FarmException fault)
        {
            return fault.Error.Code;
        }
    }

    /// <summary>Days pass in no time: the time of day can be set ahead, and whoever waits for long waits a moment.</summary>
    private sealed class LongWaitsAreShort : TimeProvider
    {
        private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

        private long _ahead;

        public TimeSpan Ahead
        {
            get => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
            set => Interlocked.Exchange(ref _ahead, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime >= Long ? TimeSpan.FromMilliseconds(50) : dueTime, period);
    }
}
