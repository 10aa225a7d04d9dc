using System.Net.WebSockets;
using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Node.Joining;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>A node made by hand, to say what a real one never says.</summary>
internal sealed class NodeHand : IDisposable
{
    private readonly Uri _url;
    private readonly ServerTrust _trust = new(TimeProvider.System);

    public NodeHand(Uri url, string name)
    {
        (_url, Name) = (url, name);
        Client = new NodeApiClient(_trust, TimeProvider.System);
    }

    public string Name { get; }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public NodeApiClient Client { get; }

    public string Certificate { get; private set; } = string.Empty;

    public async Task<EnrolReply> EnrolAsync(string token)
    {
        var reply = await Client.EnrolAsync(_url, new EnrolRequest(token, Name, Convert.ToBase64String(NodeIdentity.RequestOf(Key, Name))), default);
        Certificate = reply.Certificate;
        return reply;
    }

    public SessionRequest Signed(ECDsa? by = null, string? certificate = null, TimeSpan off = default)
    {
        var (at, nonce) = ((TimeProvider.System.GetUtcNow() + off).ToUnixTimeMilliseconds(), SessionProof.NewNonce());
        var shown = certificate ?? Certificate;
        var signature = (by ?? Key).SignData(SessionProof.BytesOf(Convert.FromBase64String(shown), at, nonce), HashAlgorithmName.SHA256);
        return new SessionRequest(shown, at, nonce, Convert.ToBase64String(signature));
    }

    public async Task<LinkSocket> LinkAsync(string session, long epoch = 1)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + session);
        await socket.ConnectAsync(new UriBuilder(new Uri(_url, NodeRoutes.Link)) { Scheme = "ws" }.Uri, Client.Http, patience.Token);
        var link = new LinkSocket(socket, LinkFrames.ToNode, LinkFrames.ToServer);
        await link.WriteAsync(new LinkMessage.Hello(new NodeIncarnation(new NodeId(Name), epoch), 1, "test", [], "{}", 0), patience.Token);
        Assert.IsType<LinkMessage.Welcome>(await link.ReadAsync(patience.Token));
        return link;
    }

    /// <summary>Reads until the server closes; what it said before does not matter.</summary>
    public static async Task ClosedAsync(LinkSocket link)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        try
        {
            while (await link.ReadAsync(patience.Token) is not null)
            {
            }
        }
        catch (WebSocketException)
        {
            // Closed without a farewell: closed all the same.
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Key.Dispose();
    }
}
