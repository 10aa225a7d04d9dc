using System.Net;
using System.Net.Http.Headers;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Cluster.Tests.Fakes;

namespace Url2Video.Farm.Api.Tests.Videos;

[Collection(FilmCollection.Name)]
public sealed class VideoTests(FilmApi api)
{
    [Fact]
    public async Task Order_IsTakenMadeAndAnsweredWhole()
    {
        using var response = await api.Client.PostAsync("/api/v2/videos", HttpExtensions.Json(
            """{"source":{"url":"https://example.test/page"},"size":"640x360","ladder":[360,240],"priority":"urgent","weight":3,"metadata":{"order":"7"},"callback_url":"https://example.test/hook"}"""));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var made = await response.JsonAsync();
        var id = made.Text("id");
        Assert.Equal($"/api/v2/videos/{id}", response.Headers.Location!.ToString());
        Assert.Equal("urgent", made.Text("priority"));
        Assert.Equal("7", made.GetProperty("metadata").Text("order"));

        var last = 0.0;
        var video = await api.Client.UntilAsync(id, v =>
        {
            var progress = v.GetProperty("progress").GetDouble();
            Assert.True(progress >= last, $"progress fell from {last} to {progress}");
            last = progress;
            return v.Text("status") == "succeeded";
        });
        Assert.Equal(1.0, video.GetProperty("progress").GetDouble());
        Assert.Equal("A film of nothing", video.Text("title"));
        Assert.Equal("https://example.test/page", video.Text("source"));
        Assert.True(video.GetProperty("duration_seconds").GetDouble() > 10);
        Assert.True(video.TryGetProperty("ended_at", out _));
        foreach (var output in new[] { "hls", "dash", "mp4", "captions", "thumbnail" })
        {
            Assert.StartsWith("http", video.GetProperty("outputs").Text(output), StringComparison.Ordinal);
        }

        var same = await (await api.Client.GetAsync($"/api/v2/projects/{id}")).JsonAsync();
        Assert.Equal(id, same.Text("id"));
    }

    [Theory]
    [InlineData("videos")]
    [InlineData("projects")]
    public async Task Patch_ChangesWhatIsNamedAndNothingElse(string collection)
    {
        var held = new TaskCompletionSource();
        api.Hand.Before = (_, _) => held.Task;
        try
        {
            var id = await api.OrderAsync(more: ""","priority":"low","weight":7""");

            using var response = await api.Client.PatchAsync($"/api/v2/{collection}/{id}", HttpExtensions.Json("""{"priority":"urgent"}"""));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var changed = await response.JsonAsync();
            Assert.Equal(("urgent", 7), (changed.Text("priority"), changed.GetProperty("weight").GetInt32()));

            using var again = await api.Client.PatchAsync($"/api/v2/{collection}/{id}", HttpExtensions.Json("""{"weight":9}"""));
            var seen = await (await api.Client.GetAsync($"/api/v2/videos/{id}")).JsonAsync();
            Assert.Equal(("urgent", 9), (seen.Text("priority"), seen.GetProperty("weight").GetInt32()));
            await LeaveAsync(id);
        }
        finally
        {
            held.SetResult();
            api.Hand.Before = static (_, _) => Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("""{"priority":"hurried"}""", "ERR_INVALID_ARGUMENT")]
    [InlineData("""{"weight":0}""", "ERR_INVALID_ARGUMENT")]
    [InlineData("{}", "ERR_INVALID_ARGUMENT")]
    [InlineData("""{"prioritty":"low"}""", "ERR_UNKNOWN_PROPERTY")]
    [InlineData("[1", "ERR_INVALID_ARGUMENT")]
    public async Task Patch_OfNonsense_IsRefusedWithItsPlace(string body, string code)
    {
        var id = await api.OrderAsync();

        using var response = await api.Client.PatchAsync($"/api/v2/videos/{id}", HttpExtensions.Json(body));

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.NotEqual(0, problem.GetProperty("errors").GetArrayLength());
        await LeaveAsync(id);
    }

    [Fact]
    public async Task Patch_OfSomebodyElsesFilm_IsOneThatDoesNotExist()
    {
        var id = await api.OrderAsync();
        using var stranger = await api.ClientAsync("somebody-else");

        using var response = await stranger.PatchAsync($"/api/v2/videos/{id}", HttpExtensions.Json("""{"weight":9}"""));

        await response.ProblemAsync(HttpStatusCode.NotFound);
        await LeaveAsync(id);
    }

    // A film that goes on would meet the gates of other tests.
    private async Task LeaveAsync(string id)
    {
        using var left = await api.Client.DeleteAsync($"/api/v2/videos/{id}");
        Assert.True(left.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Order_WithPreferWait_IsAnsweredWithTheFinishedFilm()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/videos") { Content = HttpExtensions.Json("""{"source":{"text":"# A title\n\nSome words."}}""") };
        request.Headers.Add("Prefer", "wait=60");
        using var response = await api.Client.SendAsync(request);
        var video = await response.JsonAsync();
        Assert.Equal("wait=60", response.Headers.GetValues("Preference-Applied").Single());
        Assert.True(video.Text("status") == "succeeded", video.GetRawText());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task DryRun_JudgesAndQueuesNothing()
    {
        var before = await CountAsync();
        using var good = await api.Client.PostAsync("/api/v2/videos", HttpExtensions.Json("""{"source":"https://example.test/","size":"1280x720","formats":["hls"],"dry_run":true}"""));
        var judged = await good.JsonAsync();
        Assert.True(judged.GetProperty("valid").GetBoolean());
        Assert.Equal(["720p", "480p", "360p"], judged.GetProperty("ladder").EnumerateArray().Select(r => r.GetString()));
        await (await api.Client.PostAsync("/api/v2/videos", HttpExtensions.Json("""{"source":"https://example.test/","size":"3x3","dry_run":true}"""))).ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("""{"source":"https://a.test/","sise":"1280x720"}""", "ERR_UNKNOWN_PROPERTY", "/sise")]
    [InlineData("""{"source":"https://a.test/","size":"1280x721"}""", "ERR_INVALID_ARGUMENT", "/size")]
    [InlineData("""{"source":"https://a.test/","size":"1280x7680"}""", "ERR_INVALID_ARGUMENT", "/size")]
    [InlineData("""{"source":"https://a.test/","size":"640x360","ladder":[360,128]}""", "ERR_INVALID_ARGUMENT", "/ladder")]
    [InlineData("""{"source":"https://a.test/","formats":["wmv"]}""", "ERR_INVALID_ARGUMENT", "/formats")]
    [InlineData("""{"source":"https://a.test/","priority":"asap"}""", "ERR_INVALID_ARGUMENT", "/priority")]
    [InlineData("""{"source":"https://a.test/","seconds":2}""", "ERR_INVALID_ARGUMENT", "/seconds")]
    [InlineData("""{"source":"https://a.test/","weight":0}""", "ERR_INVALID_ARGUMENT", "/weight")]
    [InlineData("""{"source":"https://a.test/","metadata":{"a":1}}""", "ERR_INVALID_ARGUMENT", "/metadata")]
    [InlineData("""{"source":"https://a.test/","callback_url":"ftp://x/"}""", "ERR_INVALID_ARGUMENT", "/callback_url")]
    [InlineData("""{"source":"file:///etc/passwd"}""", "ERR_INVALID_ARGUMENT", "/source")]
    [InlineData("""{"source":"http://user:word@a.test/"}""", "ERR_INVALID_ARGUMENT", "/source")]
    [InlineData("""{"source":{"url":"https://a.test/","text":"b"}}""", "ERR_INVALID_ARGUMENT", "/source")]
    [InlineData("""{"source":{"storyboard":{"title":"x"}}}""", "ERR_INVALID_STORYBOARD", "/source/storyboard")]
    [InlineData("""{"source":{"upload":"upl_x"}}""", "ERR_SOURCE_NOT_FOUND", "/source/files/0/upload")]
    [InlineData("""{"source":{"entry":"../a.html","files":[]}}""", "ERR_INVALID_ARGUMENT", "/source")]
    [InlineData("""{"source":"http://127.0.0.1/"}""", "ERR_ADDRESS_REFUSED", "/source")]
    [InlineData("""{"source":"http://[::ffff:10.0.0.1]/"}""", "ERR_ADDRESS_REFUSED", "/source")]
    [InlineData("""{"source":"http://169.254.169.254/latest"}""", "ERR_ADDRESS_REFUSED", "/source")]
    [InlineData("""{}""", "ERR_INVALID_ARGUMENT", "/source")]
    [InlineData("""[1]""", "ERR_INVALID_ARGUMENT", "")]
    [InlineData("""{"source":""", "ERR_INVALID_ARGUMENT", "")]
    public async Task Order_ThatIsWrong_IsRefusedWithThePlace(string body, string code, string pointer)
    {
        using var response = await api.Client.PostAsync("/api/v2/videos", HttpExtensions.Json(body));
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.Text("pointer").StartsWith(pointer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnknownProperty_IsToldTheNearestOne()
    {
        using var response = await api.Client.PostAsync("/api/v2/videos", HttpExtensions.Json("""{"source":"https://a.test/","langauge":"de"}"""));
        Assert.Contains("language", (await response.ProblemAsync(HttpStatusCode.BadRequest)).Text("hint"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_WhileItIsMade_EndsIt()
    {
        using var gate = Hold();
        var id = await api.OrderAsync();
        await gate.SomeoneHeld;
        var canceled = await (await api.Client.PostAsync($"/api/v2/videos/{id}/cancel", null)).JsonAsync();
        Assert.Equal("canceled", canceled.Text("status"));
        Assert.Equal("ERR_CANCELLED", canceled.GetProperty("error").Text("code"));
        Assert.Equal(HttpStatusCode.OK, (await api.Client.DeleteAsync($"/api/v2/videos/{id}")).StatusCode); // Again is the same.
        await (await api.Client.PostAsync($"/api/v2/videos/{id}/retry", null)).ProblemAsync(HttpStatusCode.Conflict, "ERR_PROJECT_STATE");
        gate.Open();
    }

    [Fact]
    public async Task Pause_ThenResume_GoesOn()
    {
        using var gate = Hold();
        var id = await api.OrderAsync();
        await gate.SomeoneHeld;
        Assert.True((await (await api.Client.PostAsync($"/api/v2/videos/{id}/pause", null)).JsonAsync()).GetProperty("paused").GetBoolean());
        gate.Open();
        Assert.False((await (await api.Client.PostAsync($"/api/v2/videos/{id}/resume", null)).JsonAsync()).GetProperty("paused").GetBoolean());
        await api.Client.UntilAsync(id, v => v.Text("status") == "succeeded");
    }

    [Fact]
    public async Task Films_OfOthers_DoNotExist()
    {
        using var mine = await api.ClientAsync("mine");
        using var theirs = await api.ClientAsync("theirs");
        using var overseer = await api.ClientAsync("", Scopes.FarmRead);
        var id = await api.OrderAsync(mine);
        await (await theirs.GetAsync($"/api/v2/videos/{id}")).ProblemAsync(HttpStatusCode.NotFound, "ERR_PROJECT_NOT_FOUND");
        await (await theirs.PostAsync($"/api/v2/videos/{id}/cancel", null)).ProblemAsync(HttpStatusCode.NotFound);
        await (await theirs.GetAsync($"/api/v2/videos/{id}/events")).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal("mine", (await (await overseer.GetAsync($"/api/v2/videos/{id}")).JsonAsync()).Text("tenant"));
        await (await overseer.PostAsync($"/api/v2/videos/{id}/cancel", null)).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Empty((await (await theirs.GetAsync("/api/v2/videos")).JsonAsync()).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task List_PageByPage_ShowsEachFilmOnceNewestFirst()
    {
        using var lister = await api.ClientAsync("lister");
        var ordered = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ordered.Add(await api.OrderAsync(lister));
        }

        await WaitForRowsAsync(lister, ordered.Count);
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await (await lister.GetAsync("/api/v2/videos?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"))).JsonAsync();
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(v => v.Text("id")));
            cursor = page.GetProperty("has_more").GetBoolean() ? page.Text("next_cursor") : null;
        }
        while (cursor is not null);

        Assert.Equal(ordered.OrderDescending(StringComparer.Ordinal), seen);
        await (await lister.GetAsync("/api/v2/videos?limit=101")).ProblemAsync(HttpStatusCode.BadRequest);
        await (await lister.GetAsync("/api/v2/videos?limit=x")).ProblemAsync(HttpStatusCode.BadRequest);
        await (await lister.GetAsync("/api/v2/videos?cursor=' OR 1=1")).ProblemAsync(HttpStatusCode.BadRequest);
        await (await lister.GetAsync("/api/v2/videos?status=odd")).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Upload_IsUsedByItsTenantOnly()
    {
        using var mine = await api.ClientAsync("uploader");
        using var theirs = await api.ClientAsync("copier");
        using var page = new ByteArrayContent("<p>Hello</p>"u8.ToArray());
        page.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        using var sent = await mine.PostAsync("/api/v2/uploads", page);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var upload = (await sent.JsonAsync()).Text("id");
        var order = $$$"""{"source":{"entry":"page.html","files":[{"path":"page.html","upload":"{{{upload}}}"}]}}""";
        Assert.Equal(HttpStatusCode.Accepted, (await mine.PostAsync("/api/v2/videos", HttpExtensions.Json(order))).StatusCode);
        await (await theirs.PostAsync("/api/v2/videos", HttpExtensions.Json(order))).ProblemAsync(HttpStatusCode.BadRequest, "ERR_SOURCE_NOT_FOUND");
        await (await mine.PostAsync("/api/v2/uploads", new ByteArrayContent([]))).ProblemAsync(HttpStatusCode.BadRequest);
    }

    private static async Task WaitForRowsAsync(HttpClient client, int count)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while ((await (await client.GetAsync("/api/v2/videos?limit=100", patience.Token)).JsonAsync()).GetProperty("data").GetArrayLength() < count)
        {
            await Task.Delay(50, patience.Token); // The read model follows the journal.
        }
    }

    private async Task<long> CountAsync() => (await api.Database.QueryAsync("SELECT COUNT(DISTINCT persistence_id) FROM journal WHERE persistence_id LIKE 'project-%'", r => r.GetInt64(0), default))[0];

    private Gate Hold()
    {
        var gate = new Gate(job => job.Work is Core.Contracts.JobWork.Ingest);
        api.Hand.Before = gate.PassAsync;
        return gate;
    }
}

[CollectionDefinition(Name)]
public sealed class FilmCollection : ICollectionFixture<FilmApi>
{
    public const string Name = "films";
}
