using System.Net;
using Url2Video.Farm.Content.Tests.Support;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Tests.Web;

/// <summary>Hostile addresses. A canary listens on loopback; whatever the spelling, nobody may ever connect to it.</summary>
public sealed class GuardTests
{
    private static readonly FetchPolicy Public = FetchPolicy.Page(allowPrivate: false);

    public static TheoryData<string> HostileHosts =>
    [
        "127.1", "0", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1", "127.0.0.1.", "[::]", "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[fe80::1%25eth0]", "[fec0::1]", "[fd00:ec2::254]", "[3fff::1]", "169.254.169.254", "169.254.170.2", "100.100.100.200",
        "192.0.0.192", "168.63.129.16",
        "198.18.0.1", "240.0.0.1", "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "localhost", "localhost.",
    ];

    [Theory]
    [MemberData(nameof(HostileHosts))]
    public async Task Get_HostileSpelling_NeverConnects(string host)
    {
        await using var canary = LoopbackServer.Of("200 OK\r\nContent-Type: text/html", "SECRET");
        using var fetcher = new GuardedFetcher(TimeProvider.System);

        // The standard ports pass the first gate, so that it is the address that is refused; the canary's own port is tried too.
        var standard = await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync($"http://{host}/", Public, default));
        await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync($"http://{host}:{canary.Port}/", Public, default));

        Assert.Contains(standard.Error.Code, new[] { ErrorCodes.AddressRefused, ErrorCodes.InvalidArgument, ErrorCodes.HostNotFound });
        Assert.Empty(canary.Requests);
    }

    [Theory]
    [InlineData("//127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/")]
    [InlineData("gopher://example.org/")]
    [InlineData("http:///x")]
    [InlineData("http://exa mple.org/")]
    [InlineData("http://example.org\\@127.0.0.1/")]
    [InlineData("http://example.org%00.evil/")]
    [InlineData("http://ex\u0000ample.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task Get_NoWebAddress_IsRefusedUnasked(string url)
    {
        var resolver = new LyingResolver([IPAddress.Parse("8.8.8.8")]);
        using var fetcher = new GuardedFetcher(TimeProvider.System, resolver);

        var failure = await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync(url, Public, default));

        Assert.Equal(ErrorCodes.InvalidArgument, failure.Error.Code);
        Assert.Equal(0, resolver.Asked);
    }

    [Theory]
    [InlineData("http://user@example.org/")]
    [InlineData("http://127.0.0.1:80@example.org/")]
    [InlineData("http://example.org:22/")]
    [InlineData("http://example.org:6379/")]
    public async Task Get_UserInfoOrStrangePort_IsRefusedUnasked(string url)
    {
        var resolver = new LyingResolver([IPAddress.Parse("8.8.8.8")]);
        using var fetcher = new GuardedFetcher(TimeProvider.System, resolver);

        Assert.Equal(
            ErrorCodes.AddressRefused, (await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync(url, Public, default))).Error.Code);
        Assert.Equal(0, resolver.Asked);
    }

    [Fact]
    public async Task Get_HostThatIsNotThere_SaysSo()
    {
        using var fetcher = new GuardedFetcher(TimeProvider.System, new MapResolver());

        var failure = await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync("http://no-such-host.example/", Public, default));

        Assert.Equal(ErrorCodes.HostNotFound, failure.Error.Code);
        Assert.Contains("no-such-host.example", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OnePrivateAddressAmongPublicOnes_IsRefused()
    {
        using var fetcher = new GuardedFetcher(TimeProvider.System, new LyingResolver([IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]));

        var failure = await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync("http://mixed.example/", Public, default));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Error.Code);
        Assert.Contains("--allow-private", failure.Error.WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_RebindingName_UsesTheAddressThatWasChecked()
    {
        // The first answer is checked and used; a second question, which would lead elsewhere, is never asked for one connection.
        await using var server = LoopbackServer.Of("200 OK\r\nContent-Type: text/html", "page");
        var resolver = new LyingResolver([IPAddress.Loopback], [IPAddress.Parse("169.254.169.254")]);
        using var fetcher = new GuardedFetcher(TimeProvider.System, resolver);

        var fetched = await fetcher.GetAsync($"http://rebind.example:{server.Port}/", FetchPolicy.Page(allowPrivate: true), default);

        Assert.Equal("page", System.Text.Encoding.UTF8.GetString(fetched.Body));
        Assert.Equal(1, resolver.Asked);
        Assert.Equal(
            ErrorCodes.AddressRefused,
            (await Assert.ThrowsAsync<FarmException>(
                () => fetcher.GetAsync(
                    $"http://rebind.example:{server.Port}/", FetchPolicy.Page(allowPrivate: true), default))).Error.Code);
    }

    [Fact]
    public async Task Get_ProxyInTheEnvironment_IsIgnored()
    {
        await using var proxy = LoopbackServer.Of("200 OK\r\nContent-Type: text/html", "from the proxy");
        var before = Environment.GetEnvironmentVariable("http_proxy");
        Environment.SetEnvironmentVariable("http_proxy", proxy.Url);
        try
        {
            using var fetcher = new GuardedFetcher(TimeProvider.System, new LyingResolver([IPAddress.Loopback]));
            await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync("http://page.example/", Public, default));
        }
        finally
        {
            Environment.SetEnvironmentVariable("http_proxy", before);
        }

        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", ErrorCodes.AddressRefused)]
    [InlineData("http://[fd00:ec2::254]/", ErrorCodes.AddressRefused)]
    [InlineData("file:///etc/passwd", ErrorCodes.InvalidArgument)]
    public async Task Get_RedirectToMetadata_IsRefusedEvenWhenPrivateIsAllowed(string target, string code)
    {
        await using var server = LoopbackServer.Of($"302 Found\r\nLocation: {target}", "");
        using var fetcher = new GuardedFetcher(TimeProvider.System);

        var failure = await Assert.ThrowsAsync<FarmException>(
            () => fetcher.GetAsync(server.Url, FetchPolicy.Page(allowPrivate: true), default));

        Assert.Equal(code, failure.Error.Code);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1/admin")]
    [InlineData("http://10.0.0.7/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("//localhost/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task Get_RedirectFromPublicToPrivate_IsRefusedBeforeAnyConnection(string target)
    {
        await using var server = LoopbackServer.Of($"302 Found\r\nLocation: {target}", "");
        var dialled = new List<IPAddress>();
        using var fetcher = new GuardedFetcher(
            TimeProvider.System, new MapResolver(("public.example", "93.184.215.14")), ThroughTo(server, dialled));

        var failure = await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync("http://public.example/", Public, default));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Error.Code);
        Assert.Equal(IPAddress.Parse("93.184.215.14"), Assert.Single(dialled));
    }

    [Fact]
    public async Task Get_NameThatTurnsPrivateBetweenHops_IsRefused()
    {
        await using var server = LoopbackServer.Of("302 Found\r\nLocation: /again", "");
        var dialled = new List<IPAddress>();
        var resolver = new LyingResolver([IPAddress.Parse("93.184.215.14")], [IPAddress.Loopback]);
        using var fetcher = new GuardedFetcher(TimeProvider.System, resolver, ThroughTo(server, dialled));

        var failure = await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync("http://rebind.example/", Public, default));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Error.Code);
        Assert.Equal(IPAddress.Parse("93.184.215.14"), Assert.Single(dialled));
    }

    [Fact]
    public async Task Get_PublicPage_IsFetchedFromTheCheckedAddress()
    {
        await using var server = LoopbackServer.Of("200 OK\r\nContent-Type: text/html", "<p>hello");
        var dialled = new List<IPAddress>();
        using var fetcher = new GuardedFetcher(
            TimeProvider.System, new MapResolver(("public.example", "172.32.0.1")), ThroughTo(server, dialled));

        var fetched = await fetcher.GetAsync("http://public.example/", Public, default);

        Assert.Equal("<p>hello", System.Text.Encoding.UTF8.GetString(fetched.Body));
        Assert.Equal(IPAddress.Parse("172.32.0.1"), Assert.Single(dialled));
    }

    /// <summary>A street map on which every public address is the test server; what was dialled is noted.</summary>
    private static Dial ThroughTo(LoopbackServer server, List<IPAddress> dialled) => (address, _, cancellation) =>
    {
        dialled.Add(address);
        return GuardedConnector.DialTcpAsync(IPAddress.Loopback, server.Port, cancellation);
    };
}
