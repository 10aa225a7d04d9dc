using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>Whoever has no key, no session and no secret changes nothing, whichever door of a server they try.</summary>
[Collection("farm")]
public sealed partial class LockedDoorsTests(ITestOutputHelper output)
{
    private const string Nobody = "0000000000000000000000000000000000000000000000000000000000000000";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Mutating = ["POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The routes that are not described to clients, because they are for nodes and servers.</summary>
    private static readonly (string Method, string Path)[] Inner =
    [
        ("POST", NodeRoutes.Renew), ("GET", NodeRoutes.Link), ("GET", FarmRoutesOfNodes.Results + Nobody), ("POST", FarmRoutesOfNodes.JobLogs),
        ("GET", FarmRoutesOfNodes.Artifacts + Nobody), ("PUT", FarmRoutesOfNodes.Artifacts + Nobody), ("GET", $"{FarmRoutesOfNodes.Artifacts}{Nobody}/upload"),
        ("GET", PeerRoutes.Artifacts + Nobody), ("PUT", PeerRoutes.Artifacts + Nobody), ("GET", $"{PeerRoutes.Artifacts}{Nobody}/upload"),
        ("GET", "/api/v2/farm/artifacts/" + Nobody),
    ];

    /// <summary>They judge the token or the certificate in their body, and say no in their own words.</summary>
    private static readonly string[] OwnProof = [NodeRoutes.Enrol, NodeRoutes.Session];

    [Fact]
    public async Task Server_AskedByNobody_AcceptsNoChangeAtAnyRouteOrPort()
    {
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 1, Nodes: 0, Store: null, Workers: 1, FirstPort: 0), output.WriteLine, TimeProvider.System, patience.Token);
        using var key = await farm.ClientAsync(0, patience.Token);
        using var nobody = new HttpClient { BaseAddress = farm.Urls[0] };
        var before = await CountsAsync(key, patience.Token);

        var described = Described(await key.GetAsync("/openapi/v2.json", patience.Token));
        Assert.True(described.Count > 40, $"Only {described.Count} routes are described.");
        foreach (var (method, path) in described.Concat(Inner))
        {
            Assert.Contains(await AskAsync(nobody, method, path, null, patience.Token), new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        }

        // Also what no route says it takes, and with credentials of no worth.
        var paths = described.Concat(Inner).Select(r => r.Path).Concat(OwnProof).Distinct().ToList();
        foreach (var (method, path) in paths.SelectMany(p => Mutating.Select(m => (m, p))))
        {
            Refused(method, path, await AskAsync(nobody, method, path, null, patience.Token));
        }

        foreach (var scheme in new[] { "Bearer", "Peer", "Basic" })
        {
            foreach (var (method, path) in Inner.Where(r => Mutating.Contains(r.Method)).Concat(OwnProof.Select(p => ("POST", p))).Append(("POST", "/api/v2/videos")))
            {
                Refused(method, path, await AskAsync(nobody, method, path, new AuthenticationHeaderValue(scheme, Nobody), patience.Token));
            }
        }

        Assert.Equal(before, await CountsAsync(key, patience.Token));
        await AssertPortsAsync(farm, patience.Token);
        output.WriteLine($"{described.Count} described routes, {Inner.Length} inner ones, {paths.Count * Mutating.Length} changes refused");
    }

    /// <summary>The API and the servers' own traffic; the latter shows and takes nothing without a certificate of the farm.</summary>
    private static async Task AssertPortsAsync(LocalFarm farm, CancellationToken cancellation)
    {
        var ports = ListeningPorts.Of(farm.Process("server-1").ProcessId!.Value);
        var cluster = Assert.Single(ports, p => p != farm.Urls[0].Port);
        using (var plain = new TcpClient())
        {
            await plain.ConnectAsync(IPAddress.Loopback, cluster, cancellation);
            await plain.GetStream().WriteAsync(Encoding.ASCII.GetBytes("hello? is there anybody?\r\n\r\n"), cancellation);
            Assert.False(await SaysAnythingButAlertAsync(plain.GetStream(), cancellation));
        }

        using var bare = new TcpClient();
        await bare.ConnectAsync(IPAddress.Loopback, cluster, cancellation);
        await using var tls = new SslStream(bare.GetStream(), leaveInnerStreamOpen: false, static (_, certificate, _, _) => certificate is not null);
        Assert.False(await IsWelcomeAsync(tls, cancellation));
    }

    // TLS answers nonsense with an alert (record type 21) and an end.
    private static async Task<bool> SaysAnythingButAlertAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[256];
        try
        {
            return await stream.ReadAsync(buffer, cancellation) > 0 && buffer[0] != 21;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // With TLS 1.3 the client is done before the server has judged it: only what follows tells.
    private static async Task<bool> IsWelcomeAsync(SslStream tls, CancellationToken cancellation)
    {
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1" }, cancellation);
            return await tls.ReadAsync(new byte[1], cancellation) > 0;
        }
        catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private static void Refused(string method, string path, HttpStatusCode status) =>
        Assert.True((int)status is >= 400 and < 500, string.Create(CultureInfo.InvariantCulture, $"{method} {path} was answered {(int)status}."));

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string method, string path, AuthenticationHeaderValue? credential, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = credential;
        request.Content = Mutating.Contains(method) ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return answer.StatusCode;
    }

    /// <summary>Every described operation but those that say they are open, with something in place of each parameter.</summary>
    private static List<(string Method, string Path)> Described(JsonElement document) =>
    [
        .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(o => !IsOpen(o))
            .Select(operation => (operation.Name.ToUpperInvariant(), Parameter().Replace(path.Name, "x")))),
    ];

    // Only reading may be open.
    private static bool IsOpen(JsonProperty operation) =>
        operation.Name == "get" && operation.Value.TryGetProperty("description", out var text) && text.GetString()!.Contains("Open to everybody.", StringComparison.Ordinal);

    private static async Task<string> CountsAsync(FarmHttp key, CancellationToken cancellation)
    {
        var answers = new List<string>();
        foreach (var path in new[] { "/api/v2/videos", "/api/v2/farm/nodes", "/api/v2/farm/join-tokens", "/api/v2/keys" })
        {
            answers.Add((await key.GetAsync(path, cancellation)).GetProperty("data").GetArrayLength().ToString(CultureInfo.InvariantCulture));
        }

        return string.Join(' ', answers);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
