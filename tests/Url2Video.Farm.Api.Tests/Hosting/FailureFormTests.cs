using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Tests.Support;

namespace Url2Video.Farm.Api.Tests.Hosting;

public sealed class FailureFormTests
{
    [Fact]
    public async Task UnknownPath_IsAProblem()
    {
        await using var api = await TestApi.StartAsync();
        var problem = await (await api.Client.GetAsync("/api/v2/nothing?x=1")).ProblemAsync(HttpStatusCode.NotFound, "ERR_NOT_FOUND");
        Assert.Equal("/api/v2/nothing", problem.Text("instance"));
        Assert.False(problem.GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task WrongMethod_IsAProblemThatNamesTheRightOnes()
    {
        await using var api = await TestApi.StartAsync();
        var response = await api.Client.PutAsync("/livez", HttpExtensions.Json("{}"));
        await response.ProblemAsync(HttpStatusCode.MethodNotAllowed, "ERR_METHOD_NOT_ALLOWED");
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task BodyTooLarge_IsAProblem()
    {
        await using var api = await TestApi.StartAsync();
        using var client = await api.ClientAsync();
        using var content = new ByteArrayContent(new byte[Core.Limits.RequestBodyBytesMax + 1]);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/videos") { Content = content };
        request.Headers.ExpectContinue = true; // The server answers before the bytes are sent, and then cuts the line.
        await (await client.SendAsync(request)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "ERR_TOO_LARGE");
    }

    [Fact]
    public async Task WrongMediaType_IsAProblem()
    {
        await using var api = await TestApi.StartAsync();
        using var client = await api.ClientAsync();
        await (await client.PostAsync("/api/v2/videos", new StringContent("source=x", Encoding.UTF8, "application/x-www-form-urlencoded")))
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "ERR_MEDIA_TYPE");
    }

    [Fact]
    public async Task UnhandledFault_IsAProblemWithoutItsText()
    {
        await using var api = await TestApi.StartAsync(more: new Faulty());
        var response = await api.Client.GetAsync("/fault");
        await response.ProblemAsync(HttpStatusCode.InternalServerError, "ERR_INTERNAL");
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestId_OfTheClient_IsKeptWhenHarmless()
    {
        await using var api = await TestApi.StartAsync();
        using var good = new HttpRequestMessage(HttpMethod.Get, "/livez");
        good.Headers.Add("X-Request-Id", "trace-7.a");
        using var bad = new HttpRequestMessage(HttpMethod.Get, "/livez");
        bad.Headers.TryAddWithoutValidation("X-Request-Id", "a\tb<script>");
        Assert.Equal("trace-7.a", (await api.Client.SendAsync(good)).Headers.GetValues("X-Request-Id").Single());
        Assert.StartsWith("req_", (await api.Client.SendAsync(bad)).Headers.GetValues("X-Request-Id").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryAnswer_HasTheSecurityHeaders()
    {
        await using var api = await TestApi.StartAsync();
        var response = await api.Client.GetAsync("/livez");
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Readiness_EndsBeforeTheServerDoes()
    {
        await using var api = await TestApi.StartAsync(o => o with { DrainNoticeMillis = 60_000 });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await api.Client.GetAsync("/readyz", patience.Token)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(50, patience.Token); // The cluster of one forms.
        }

        var stopping = api.Host.StopAsync();
        var report = await api.Client.GetAsync("/readyz", patience.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, report.StatusCode);
        Assert.Equal("stopping", (await report.JsonAsync()).GetProperty("checks").Text("server"));
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/livez", patience.Token)).StatusCode);
        Assert.False(stopping.IsCompleted);
        api.Host.StopNow();
    }

    [Fact]
    public async Task RawNoise_IsAnsweredOrCutOffAndTheServerGoesOn()
    {
        await using var api = await TestApi.StartAsync();
        string[] noises = ["\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /" + new string('a', 20_000) + " HTTP/1.1\r\n\r\n", "POST /api/v2/videos HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"];
        foreach (var noise in noises)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(api.Host.Addresses[0].Host, api.Host.Addresses[0].Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(noise));
            using var reader = new StreamReader(socket.GetStream());
            var status = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(status is null || status.Contains(" 4", StringComparison.Ordinal) || status.Contains(" 505", StringComparison.Ordinal), status);
        }

        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/livez")).StatusCode);
    }

    [Fact]
    public async Task StoreThatIsAway_IsAProblemThatPasses()
    {
        await using var api = await TestApi.StartAsync(more: new Faulty());
        var response = await api.Client.GetAsync("/store-away");
        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "ERR_STORE_UNREACHABLE");
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>As a database on its way down or up is reported.</summary>
    private sealed class StoreAwayException(string message) : System.Data.Common.DbException(message)
    {
        public override bool IsTransient => true;
    }

    private sealed class Faulty : IApiModule
    {
        public void Map(IEndpointRouteBuilder routes, ApiParts parts)
        {
            routes.MapGet("/fault", string () => throw new InvalidOperationException("a secret")).WithAccess(Access.Anonymous);
            routes.MapGet("/store-away", string () => throw new StoreAwayException("a secret")).WithAccess(Access.Anonymous);
        }
    }
}
