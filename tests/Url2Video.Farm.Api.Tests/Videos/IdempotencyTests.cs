using System.Net;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Api.Videos;
using Url2Video.Farm.Cluster.Hosting;

namespace Url2Video.Farm.Api.Tests.Videos;

[Collection(FilmCollection.Name)]
public sealed class IdempotencyTests(FilmApi api)
{
    private const string Body = """{"source":"https://example.test/once"}""";

    [Fact]
    public async Task FiftyAtOnce_MakeOneFilmAndGetOneAnswer()
    {
        using var client = await api.ClientAsync("fifty");
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var response = await PostAsync(client, key, Body);
            return (response.StatusCode, Text: await response.Content.ReadAsStringAsync(), Replayed: response.Headers.Contains(VideoOrders.ReplayedHeader));
        }));
        Assert.All(answers, a => Assert.True(a.StatusCode == HttpStatusCode.Accepted, $"{a.StatusCode}: {a.Text}"));
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(49, answers.Count(a => a.Replayed));
    }

    [Fact]
    public async Task SameKey_OtherBody_IsRefused()
    {
        var key = Guid.NewGuid().ToString();
        await PostAsync(api.Client, key, Body);
        using var response = await PostAsync(api.Client, key, """{"source":"https://example.test/other"}""");
        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "ERR_IDEMPOTENCY_REUSED");
    }

    [Fact]
    public async Task SameKey_OtherTenant_IsAnotherFilm()
    {
        using var other = await api.ClientAsync("other");
        var key = Guid.NewGuid().ToString();
        var first = await (await PostAsync(api.Client, key, Body)).JsonAsync();
        var second = await (await PostAsync(other, key, Body)).JsonAsync();
        Assert.NotEqual(first.Text("id"), second.Text("id"));
    }

    [Fact]
    public async Task WrongOrder_IsNotRemembered()
    {
        var key = Guid.NewGuid().ToString();
        await (await PostAsync(api.Client, key, "{}")).ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(api.Client, key, Body)).StatusCode);
    }

    [Fact]
    public async Task ServerThatDiedHalfWay_TheNextRequestCompletesTheSameFilm()
    {
        // What is left by a server that was killed between taking the key and answering.
        var project = ProjectIds.New(TimeProvider.System);
        var key = Guid.NewGuid().ToString();
        var name = IdempotentKey.Of("", key, "POST /api/v2/videos", System.Text.Encoding.UTF8.GetBytes(Body));
        await api.Database.ExecuteAsync(
            "INSERT INTO farm_idempotency (tenant, key, route, body_sha, project, made_ms) VALUES ('', @key, @route, @sha, @project, @made)",
            default,
            ("key", key),
            ("route", name.Route),
            ("sha", name.BodySha),
            ("project", project.Value),
            ("made", TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds()));
        using var response = await PostAsync(api.Client, key, Body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(project.Value, (await response.JsonAsync()).Text("id"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u00e4")]
    public async Task UnusableKey_IsRefused(string key) => await (await PostAsync(api.Client, key, Body)).ProblemAsync(HttpStatusCode.BadRequest);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/videos") { Content = HttpExtensions.Json(body) };
        request.Headers.TryAddWithoutValidation(VideoOrders.KeyHeader, key.Length > 0 && key[0] > '~' ? "a\tb" : key);
        return await client.SendAsync(request);
    }
}
