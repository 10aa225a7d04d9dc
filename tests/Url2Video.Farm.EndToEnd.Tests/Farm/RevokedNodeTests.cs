using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Node.Joining;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>A machine that somebody took home, with everything that was on its disk.</summary>
[Collection("farm")]
public sealed class RevokedNodeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Node_Revoked_CanNeitherClaimNorUploadAndIsThrownOut()
    {
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 1, Nodes: 2, Store: null, Workers: 1, FirstPort: 0) { Restarts = false }, output.WriteLine, TimeProvider.System, patience.Token);
        using var http = await farm.ClientAsync(0, patience.Token);
        await http.UntilNodesWorkAsync(2, patience.Token);
        using var identity = Stolen(folder["farm/node-1/node"], folder["stolen"]);
        using var thief = new NodeApiClient(new ServerTrust(TimeProvider.System), TimeProvider.System);
        var session = (await thief.OpenSessionAsync(farm.Urls[0], identity, patience.Token)).Session;
        Assert.Equal(HttpStatusCode.Created, await UploadAsync(farm.Urls[0], session, "before", patience.Token));

        var film = await http.OrderAsync(SmallFilm.Storyboard, "revoked", patience.Token);
        await http.SendAsync(HttpMethod.Post, "/api/v2/farm/nodes/node-1/revoke", new { reason = "It was stolen." }, "revoke", patience.Token);

        await FarmCalls.UntilAsync(() => Task.FromResult(farm.Process("node-1").ProcessId), id => id is null, patience.Token);
        await FarmCalls.UntilAsync(() => UploadAsync(farm.Urls[0], session, "after", patience.Token), s => s is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, patience.Token);
        Assert.Contains(await LinkAsync(farm.Urls[0], session, patience.Token), new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        var refusal = await Assert.ThrowsAsync<FarmException>(() => thief.OpenSessionAsync(farm.Urls[0], identity, patience.Token));
        Assert.Contains(refusal.Error.Code, new[] { ErrorCodes.NodeRevoked, ErrorCodes.JoinRefused });
        Assert.Equal("succeeded", (await http.UntilEndedAsync(film, patience.Token)).GetProperty("status").GetString());
        Assert.Equal("revoked", (await http.UntilNodeAsync("node-1", static _ => true, patience.Token)).GetProperty("state").GetString());
    }

    private static NodeIdentity Stolen(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        return NodeIdentity.Open(to);
    }

    private static async Task<HttpStatusCode> UploadAsync(Uri server, string session, string text, CancellationToken cancellation)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var path = string.Create(CultureInfo.InvariantCulture, $"{FarmRoutesOfNodes.Artifacts}{Convert.ToHexStringLower(SHA256.HashData(bytes))}?bytes={bytes.Length}");
        return await SendAsync(server, session, HttpMethod.Put, path, new ByteArrayContent(bytes), cancellation);
    }

    // Without the words of a WebSocket a live session is answered 400.
    private static Task<HttpStatusCode> LinkAsync(Uri server, string session, CancellationToken cancellation) =>
        SendAsync(server, session, HttpMethod.Get, NodeRoutes.Link, null, cancellation);

    private static async Task<HttpStatusCode> SendAsync(Uri server, string session, HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(server, path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
        using var answer = await http.SendAsync(request, cancellation);
        return answer.StatusCode;
    }
}
