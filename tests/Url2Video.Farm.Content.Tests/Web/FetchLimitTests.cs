using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Url2Video.Farm.Content.Tests.Support;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Tests.Web;

public sealed class FetchLimitTests
{
    private static readonly FetchPolicy Page = FetchPolicy.Page(allowPrivate: true);

    [Theory]
    [InlineData(404, "Not Found", false)]
    [InlineData(403, "Forbidden", false)]
    [InlineData(500, "Internal Server Error", true)]
    [InlineData(429, "Too Many Requests", true)]
    public async Task Get_ErrorStatus_NamesIt(int status, string reason, bool retryable)
    {
        await using var server = LoopbackServer.Of($"{status} {reason}", "sorry");

        var error = await FailAsync(server.Url + "/page", Page);

        Assert.Equal(ErrorCodes.HttpStatus, error.Code);
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Equal(retryable, error.Retryable);
    }

    [Fact]
    public async Task Get_NobodyListens_IsARetryableNetworkError()
    {
        int port;
        await using (var server = LoopbackServer.Of("200 OK", ""))
        {
            port = server.Port;
        }

        var error = await FailAsync($"http://127.0.0.1:{port}/", Page);

        Assert.Equal((ErrorCodes.Network, true), (error.Code, error.Retryable));
    }

    [Fact]
    public async Task Get_EndlessBody_StopsAtTheCap()
    {
        long sent = 0;
        await using var server = new LoopbackServer(async (_, stream, cancellation) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, "200 OK\r\nContent-Type: text/html", cancellation);
            var part = new byte[64 * 1024];
            while (true)
            {
                await stream.WriteAsync(part, cancellation);
                sent += part.Length;
            }
        });

        var error = await FailAsync(server.Url, Page with { WireBytesMax = 1024 * 1024 });

        Assert.Equal(ErrorCodes.TooLarge, error.Code);
        Assert.InRange(sent, 0, 16 * 1024 * 1024); // what the socket buffers held beyond the cap
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Get_CompressionBomb_StopsWhileInflating(string encoding)
    {
        var bomb = Compressed(new byte[64 * 1024 * 1024], encoding);
        await using var server = LoopbackServer.Of(_ => ($"200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}", bomb));

        var error = await FailAsync(server.Url, Page with { BytesMax = 1024 * 1024 });

        Assert.Equal(ErrorCodes.TooLarge, error.Code);
        Assert.InRange(bomb.Length, 1, 128 * 1024);
    }

    [Fact]
    public async Task Read_CompressionBomb_LeavesMostOfItUnread()
    {
        // 64 MiB of zeros are 64 KiB of gzip: the cap of 1 MiB must bite after about a sixty-fourth of them and a read buffer.
        var bomb = Compressed(new byte[64 * 1024 * 1024], "gzip");
        using var wire = new MeteredStream(bomb);

        await Assert.ThrowsAsync<FarmException>(
            () => CappedBody.ReadAsync(wire, ["gzip"], Page with { BytesMax = 1024 * 1024 }, "bomb.example", default));

        Assert.InRange(wire.BytesRead, 1, bomb.Length / 2);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Get_CompressedPage_IsInflated(string encoding)
    {
        var body = Compressed(Encoding.UTF8.GetBytes("<p>grün"), encoding);
        await using var server = LoopbackServer.Of(
            _ => ($"200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: {encoding}", body));
        using var fetcher = new GuardedFetcher(TimeProvider.System);

        var fetched = await fetcher.GetAsync(server.Url, Page, default);

        Assert.Equal("<p>grün", Encoding.UTF8.GetString(fetched.Body));
        Assert.Equal(("text/html", "utf-8"), (fetched.MediaType, fetched.Charset));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public async Task Get_BodyThatDoesNotInflate_IsAFormatError(string encoding)
    {
        await using var server = LoopbackServer.Of(
            $"200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}", "not compressed at all");

        Assert.Equal(ErrorCodes.Format, (await FailAsync(server.Url, Page)).Code);
    }

    [Fact]
    public async Task Get_HugeHeaders_AreRefused()
    {
        await using var server = LoopbackServer.Of($"200 OK\r\nX-Long: {new string('x', 128 * 1024)}", "");

        Assert.Equal(ErrorCodes.Network, (await FailAsync(server.Url, Page)).Code);
    }

    [Fact]
    public async Task Get_BodyThatNeverEnds_TimesOutByItsOwnClock()
    {
        var time = new FakeTimeProvider();
        await using var server = new LoopbackServer(async (_, stream, cancellation) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, "200 OK\r\nContent-Type: text/html", cancellation);
            await stream.WriteAsync("<p>drip"u8.ToArray(), cancellation);
            time.Advance(TimeSpan.FromSeconds(Limits.FetchSecondsMax));
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var fetcher = new GuardedFetcher(time);

        var failure = await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync(server.Url, Page, default));

        Assert.Equal((ErrorCodes.NetworkTimeout, true), (failure.Error.Code, failure.Error.Retryable));
    }

    [Fact]
    public async Task Get_HeadersThatNeverCome_TimeOut()
    {
        var time = new FakeTimeProvider();
        await using var server = new LoopbackServer(async (_, _, cancellation) =>
        {
            time.Advance(TimeSpan.FromSeconds(Limits.HeadersSecondsMax));
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var fetcher = new GuardedFetcher(time);

        Assert.Equal(
            ErrorCodes.NetworkTimeout,
            (await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync(server.Url, Page, default))).Error.Code);
    }

    [Fact]
    public async Task Get_CancelledByTheCaller_IsCancellationAndNotAnError()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new LoopbackServer(async (_, _, cancellation) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var fetcher = new GuardedFetcher(TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.GetAsync(server.Url, Page, cancel.Token));
    }

    [Fact]
    public async Task Get_RedirectCircle_EndsAfterFiveHops()
    {
        await using var server = LoopbackServer.Of(path => ($"302 Found\r\nLocation: /{path.Length}{path}", []));

        Assert.Equal(ErrorCodes.Network, (await FailAsync(server.Url, Page)).Code);
        Assert.Equal(Limits.RedirectsPerFetchMax + 1, server.Requests.Count);
    }

    [Fact]
    public async Task Get_ThreeRedirects_AreFollowedToTheEnd()
    {
        await using var server = LoopbackServer.Of(path => path.Length < 4
            ? ($"301 Moved\r\nLocation: {path}a", [])
            : ("200 OK\r\nContent-Type: text/plain", Encoding.UTF8.GetBytes("end")));
        using var fetcher = new GuardedFetcher(TimeProvider.System);

        var fetched = await fetcher.GetAsync(server.Url, Page, default);

        Assert.Equal("/aaa", fetched.Url.AbsolutePath);
    }

    private static async Task<FarmError> FailAsync(string url, FetchPolicy policy)
    {
        using var fetcher = new GuardedFetcher(TimeProvider.System);
        return (await Assert.ThrowsAsync<FarmException>(() => fetcher.GetAsync(url, policy, default))).Error;
    }

    private static byte[] Compressed(byte[] bytes, string encoding)
    {
        using var buffer = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(buffer, CompressionLevel.Optimal),
            "br" => new BrotliStream(buffer, CompressionLevel.Fastest),
            _ => new ZLibStream(buffer, CompressionLevel.Optimal),
        })
        {
            stream.Write(bytes);
        }

        return buffer.ToArray();
    }

    /// <summary>Remembers how much was read even after it is disposed.</summary>
    private sealed class MeteredStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long BytesRead { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            BytesRead += read;
            return read;
        }
    }
}
