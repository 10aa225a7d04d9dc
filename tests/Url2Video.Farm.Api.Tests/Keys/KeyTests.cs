using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Tests.Keys;

public sealed class KeyTests
{
    [Fact]
    public async Task Key_InEitherHeader_LetsIn()
    {
        await using var api = await TestApi.StartAsync();
        var key = await api.KeyAsync("studio", Scopes.VideosRead);
        Assert.Matches("^u2v_[0-9a-z]{8}_[A-Za-z0-9_-]{43}$", key.Text);
        using var plain = new HttpRequestMessage(HttpMethod.Get, "/api/v2/me");
        plain.Headers.Add("X-API-Key", key.Text);
        using var bearer = new HttpRequestMessage(HttpMethod.Get, "/api/v2/me");
        bearer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        foreach (var request in new[] { plain, bearer })
        {
            var me = await (await api.Client.SendAsync(request)).JsonAsync();
            Assert.Equal(key.Key.Id, me.Text("key"));
            Assert.Equal("studio", me.Text("tenant"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("u2v_")]
    [InlineData("u2v_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task Key_ThatIsNone_IsRefused(string text)
    {
        await using var api = await TestApi.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/me");
        request.Headers.TryAddWithoutValidation("X-API-Key", text);
        var response = await api.Client.SendAsync(request);
        var problem = await response.ProblemAsync(HttpStatusCode.Unauthorized, "ERR_INVALID_API_KEY");
        Assert.Equal("ERR_001", problem.Text("legacy_code"));
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WithOneLetterChanged_IsRefused()
    {
        await using var api = await TestApi.StartAsync();
        var key = await api.KeyAsync("", Scopes.VideosRead);
        var forged = key.Text[..^2] + (key.Text[^2] == 'A' ? 'B' : 'A') + key.Text[^1];
        Assert.NotNull(await api.Host.Keys.VerifyAsync(key.Text, default));
        Assert.Null(await api.Host.Keys.VerifyAsync(forged, default));
    }

    [Fact]
    public async Task Key_WithoutTheScope_IsForbidden()
    {
        await using var api = await TestApi.StartAsync();
        using var reader = await api.ClientAsync(scopes: Scopes.VideosRead);
        await (await reader.PostAsync("/api/v2/videos", HttpExtensions.Json("{}"))).ProblemAsync(HttpStatusCode.Forbidden, "ERR_FORBIDDEN");
        await (await reader.GetAsync("/api/v2/keys")).ProblemAsync(HttpStatusCode.Forbidden, "ERR_FORBIDDEN");
    }

    [Fact]
    public async Task RevokedKey_OnAnotherServer_IsDeadWhenItsCopyIsOld()
    {
        var clock = new ManualClock();
        await using var api = await TestApi.StartAsync(clock: clock);
        var key = await api.KeyAsync("", Scopes.VideosRead);
        var other = await ApiKeys.OpenAsync(api.Database, clock, default);
        Assert.NotNull(await other.VerifyAsync(key.Text, default));
        Assert.True(await api.Host.Keys.RevokeAsync(key.Key.Id, default));
        Assert.Null(await api.Host.Keys.VerifyAsync(key.Text, default));
        clock.Advance(TimeSpan.FromSeconds(Limits.KeyCacheSeconds));
        Assert.Null(await other.VerifyAsync(key.Text, default));
    }

    [Fact]
    public async Task ExpiredKey_IsRefused()
    {
        var clock = new ManualClock();
        await using var api = await TestApi.StartAsync(clock: clock);
        var key = await api.Host.Keys.CreateAsync("short", "", [Scopes.VideosRead], clock.GetUtcNow().AddMinutes(1), default);
        Assert.NotNull(await api.Host.Keys.VerifyAsync(key.Text, default));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await api.Host.Keys.VerifyAsync(key.Text, default));
    }

    [Fact]
    public async Task RotatedKey_BothLive_UntilTheOverlapEnds()
    {
        var clock = new ManualClock();
        await using var api = await TestApi.StartAsync(clock: clock);
        using var admin = await api.ClientAsync(scopes: Scopes.FarmAdmin);
        var old = await api.KeyAsync("studio", Scopes.VideosWrite);
        var made = await (await admin.PostAsync($"/api/v2/keys/{old.Key.Id}/rotate", null)).JsonAsync();
        var fresh = made.Text("secret");
        Assert.Equal("studio", made.GetProperty("key").Text("tenant"));
        Assert.NotNull(await api.Host.Keys.VerifyAsync(old.Text, default));
        Assert.NotNull(await api.Host.Keys.VerifyAsync(fresh, default));
        clock.Advance(TimeSpan.FromHours(25));
        Assert.Null(await api.Host.Keys.VerifyAsync(old.Text, default));
        Assert.NotNull(await api.Host.Keys.VerifyAsync(fresh, default));
    }

    [Fact]
    public async Task Keys_OverHttp_AreMadeListedAndRevoked()
    {
        await using var api = await TestApi.StartAsync();
        using var admin = await api.ClientAsync(scopes: Scopes.FarmAdmin);
        var response = await admin.PostAsync("/api/v2/keys", HttpExtensions.Json("""{"name":"laptop","scopes":["videos:write"],"tenant":"studio","expires_in_days":90}"""));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var made = await response.JsonAsync();
        using var theirs = new HttpClient { BaseAddress = api.Host.Addresses[0] };
        theirs.DefaultRequestHeaders.Add("X-API-Key", made.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync("/api/v2/me")).StatusCode);
        await api.Host.Keys.FlushUsedAsync(default);

        var list = await (await admin.GetAsync("/api/v2/keys")).JsonAsync();
        var listed = list.GetProperty("data").EnumerateArray().Single(k => k.Text("name") == "laptop");
        Assert.True(listed.TryGetProperty("last_used_at", out _));
        Assert.DoesNotContain(made.Text("secret"), list.GetRawText(), StringComparison.Ordinal);

        var id = made.GetProperty("key").Text("id");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v2/keys/{id}")).StatusCode);
        await (await theirs.GetAsync("/api/v2/me")).ProblemAsync(HttpStatusCode.Unauthorized);
        await (await admin.DeleteAsync("/api/v2/keys/00000000")).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"","scopes":["videos:read"]}""")]
    [InlineData("""{"name":"x","scopes":[]}""")]
    [InlineData("""{"name":"x","scopes":["everything"]}""")]
    [InlineData("""{"name":"x","scopes":["videos:read"],"tenant":"a b"}""")]
    [InlineData("""{"name":"x","scopes":["videos:read"],"expires_in_days":0}""")]
    [InlineData("""{"name":"x","scopes":["videos:read"],"admin":true}""")]
    [InlineData("null")]
    [InlineData("[")]
    public async Task KeyOrder_ThatIsWrong_IsRefused(string body)
    {
        await using var api = await TestApi.StartAsync();
        using var admin = await api.ClientAsync(scopes: Scopes.FarmAdmin);
        await (await admin.PostAsync("/api/v2/keys", HttpExtensions.Json(body))).ProblemAsync(HttpStatusCode.BadRequest, "ERR_INVALID_ARGUMENT");
    }

    [Fact]
    public async Task WrongKeys_TooMany_AreToldToWaitAndGoodOnesPass()
    {
        await using var api = await TestApi.StartAsync(o => o with { AuthFailures = 3 });
        using var good = await api.ClientAsync(scopes: Scopes.VideosRead);
        async Task<HttpResponseMessage> WrongAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/me");
            request.Headers.Add("X-API-Key", KeyText.New().Text);
            return await api.Client.SendAsync(request);
        }

        for (var i = 0; i < 3; i++)
        {
            await (await WrongAsync()).ProblemAsync(HttpStatusCode.Unauthorized);
        }

        var refused = await WrongAsync();
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "ERR_RATE_LIMITED");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, Limits.AuthFailureWindowSeconds);
        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("/api/v2/me")).StatusCode);
    }

    [Fact]
    public async Task Requests_BeyondTheBurst_WaitAsLongAsTheNextTokenTakes()
    {
        await using var api = await TestApi.StartAsync(o => o with { KeyRequestsBurst = 2, KeyRequestsPerHour = 60 });
        using var client = await api.ClientAsync(scopes: Scopes.VideosRead);
        var first = await client.GetAsync("/api/v2/me");
        Assert.Equal("\"key\";r=1;t=0", first.Headers.GetValues("RateLimit").Single());
        Assert.Equal("\"key\";q=60;w=3600;burst=2", first.Headers.GetValues("RateLimit-Policy").Single());
        await client.GetAsync("/api/v2/me");
        var refused = await client.GetAsync("/api/v2/me");
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "ERR_RATE_LIMITED");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60); // A minute a token, not an hour.
    }

    [Fact]
    public async Task AdminKey_AtFirstStart_IsWrittenOnceForItsOwnerOnly()
    {
        using var folder = new TemporaryFolder();
        await using var api = await TestApi.StartAsync();
        var path = folder["admin.key"];
        Assert.True(await api.Host.Keys.EnsureAdminKeyAsync(path, TimeProvider.System));
        Assert.False(await api.Host.Keys.EnsureAdminKeyAsync(folder["second.key"], TimeProvider.System));
        Assert.False(File.Exists(folder["second.key"]));
        var key = await api.Host.Keys.VerifyAsync((await File.ReadAllTextAsync(path)).Trim(), default);
        Assert.Equal(Scopes.FarmAdmin, Assert.Single(key!.Scopes));
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task Store_HoldsNoKey_OnlyItsMac()
    {
        await using var api = await TestApi.StartAsync();
        var key = await api.KeyAsync("", Scopes.VideosRead);
        var row = (await api.Database.QueryAsync("SELECT id, name, last4, mac FROM farm_key", r => (r.GetString(0), r.GetString(2), (byte[])r.GetValue(3)), default)).Single();
        Assert.Equal(key.Text[^4..], row.Item2);
        Assert.Equal(32, row.Item3.Length);
        Assert.DoesNotContain(Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(key.Text)), Convert.ToHexString(row.Item3), StringComparison.Ordinal);
    }

    [Url2Video.Farm.Tests.Stores.RequiresPostgresFact]
    public async Task Keys_OnPostgres_WorkTheSame()
    {
        await using var server = await Url2Video.Farm.Tests.Stores.PostgresServer.StartAsync();
        await using var database = await FarmDatabase.OpenAsync(await server.CreateDatabaseAsync());
        var keys = await ApiKeys.OpenAsync(database, TimeProvider.System, default);
        var again = await ApiKeys.OpenAsync(database, TimeProvider.System, default);
        var key = await keys.CreateAsync("pg", "studio", [Scopes.VideosRead], null, default);
        Assert.Equal("studio", (await again.VerifyAsync(key.Text, default))!.Tenant);
        await again.FlushUsedAsync(default);
        Assert.NotNull((await keys.ListAsync(default)).Single().UsedMs);
        await keys.RevokeAsync(key.Key.Id, default);
        Assert.Null(await keys.VerifyAsync(key.Text, default));
    }
}
