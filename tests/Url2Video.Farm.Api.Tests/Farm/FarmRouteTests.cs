using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Tests.Farm;

/// <summary>The operators' routes against a real server, a real journal and a real port.</summary>
public sealed class FarmRouteTests : IAsyncLifetime
{
    private readonly FakeFarmhand _hand = new(2);
    private FarmApi _api = null!;

    public async Task InitializeAsync() => _api = await FarmApi.StartAsync(_hand);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Cluster_OfOne_ShowsItselfAsLeaderAndUp()
    {
        var member = (await _api.GetAsync(FarmRoutes.Members)).GetProperty("data").EnumerateArray().Single();
        var status = await _api.GetAsync(FarmRoutes.Status);

        Assert.Equal(("up", true, true), (member.Text("status"), member.GetProperty("leader").GetBoolean(), member.GetProperty("reachable").GetBoolean()));
        Assert.Equal(member.Text("address"), (await _api.GetAsync(FarmRoutes.Leader)).Text("leader"));
        Assert.Equal((member.Text("address"), 1), (status.Text("address"), status.GetProperty("members").GetInt32()));
    }

    [Fact]
    public async Task ClusterLeave_OfAStranger_IsRefused()
    {
        using var stranger = await _api.Admin.PostAsJsonAsync(FarmRoutes.Leave, new { address = "akka.tcp://farm@10.0.0.9:1" });
        using var nonsense = await _api.Admin.PostAsJsonAsync(FarmRoutes.Down, new { address = "; drop" });

        await stranger.ProblemAsync(HttpStatusCode.NotFound, "ERR_NOT_FOUND");
        await nonsense.ProblemAsync(HttpStatusCode.BadRequest, "ERR_INVALID_ARGUMENT");
    }

    [Fact]
    public async Task ClusterEvents_BeginWithThePresentState()
    {
        using var stream = await _api.Admin.GetStreamAsync(FarmRoutes.ClusterEvents);
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            if (item.EventType == "member-up")
            {
                return;
            }
        }

        Assert.Fail("The stream ended before the member was told.");
    }

    [Fact]
    public async Task Project_Finished_IsLocatedShownReplayedAndCounted()
    {
        var id = await _api.SubmitAsync();
        var shown = await _api.UntilAsync(FarmRoutes.Fill(FarmRoutes.Project, ("project", id.Value)), p => p.GetProperty("row").Text("stage") == "completed");
        var events = await _api.GetAsync(FarmRoutes.Fill(FarmRoutes.ActorEvents, ("project", id.Value)));
        var replay = await _api.GetAsync(FarmRoutes.Fill(FarmRoutes.ActorReplay, ("project", id.Value)));
        var place = await _api.GetAsync(FarmRoutes.Fill(FarmRoutes.Locate, ("project", id.Value)));
        var listed = await _api.UntilAsync(FarmRoutes.Projects + "?stage=completed", p => p.GetProperty("data").GetArrayLength() == 1);

        Assert.True(shown.GetProperty("frames").GetInt64() > 0);
        Assert.Equal(Enumerable.Range(1, events.GetProperty("data").GetArrayLength()), events.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("nr").GetInt32()));
        Assert.Contains("ingest", events.GetProperty("data").EnumerateArray().SelectMany(e => e.GetProperty("finished").EnumerateArray()).Select(f => f.GetString()));
        Assert.True(replay.GetProperty("ok").GetBoolean(), replay.ToString());
        Assert.Contains(replay.GetProperty("checks").EnumerateArray(), c => c.Text("name") == "actor");
        Assert.Equal(("project", place.Text("answered_by")), (place.Text("region"), place.Text("address")));
        Assert.Equal(id.Value, listed.GetProperty("data")[0].Text("id"));
    }

    [Fact]
    public async Task Regions_WithAProject_CountIt()
    {
        await _api.SubmitAsync();

        var regions = await _api.UntilAsync(FarmRoutes.Regions, r => r.GetProperty("data").EnumerateArray().Any(x => x.Text("region") == "project" && x.GetProperty("entities").GetInt32() > 0));
        var stats = await _api.GetAsync(FarmRoutes.Fill(FarmRoutes.RegionStats, ("region", "project")));

        Assert.Equal(1, regions.GetProperty("data").EnumerateArray().Single(r => r.Text("region") == "project").GetProperty("servers").GetInt32());
        Assert.Equal(stats.Text("answered_by"), stats.GetProperty("data").EnumerateArray().Single().Text("address"));
        using var nowhere = await _api.Admin.GetAsync(FarmRoutes.Fill(FarmRoutes.RegionStats, ("region", "no/such")));
        await nowhere.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pause_TriedFirst_ChangesNothingThenPausesAndIsRecordedOnOneLine()
    {
        var gate = new TaskCompletionSource();
        _hand.Before = (job, context) => job.Id.Name == JobNames.Ingest ? gate.Task.WaitAsync(context.Cancellation) : Task.CompletedTask;
        var id = await _api.SubmitAsync();
        var (pause, show) = (FarmRoutes.Fill(FarmRoutes.ProjectVerb, ("project", id.Value), ("verb", "pause")), FarmRoutes.Fill(FarmRoutes.Project, ("project", id.Value)));

        var tried = await _api.PostAsync(pause, new { dry_run = true });
        var untouched = await _api.GetAsync(show);
        await _api.PostAsync(pause, new { reason = "night\nof maintenance" });
        var paused = await _api.GetAsync(show);
        await _api.PostAsync(FarmRoutes.Fill(FarmRoutes.ProjectVerb, ("project", id.Value), ("verb", "resume")), new { });
        gate.SetResult();
        await _api.UntilAsync(show, p => p.GetProperty("row").Text("stage") == "completed");

        Assert.True(tried.GetProperty("dry_run").GetBoolean());
        Assert.Equal(("active", "paused"), (untouched.GetProperty("row").Text("status"), paused.GetProperty("row").Text("status")));
        Assert.Contains(_api.Log.All, l => l.Contains($"project pause {id.Value}: done", StringComparison.Ordinal) && l.EndsWith("Reason: night of maintenance", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Priority_Changed_IsShown()
    {
        _hand.Before = (_, context) => Task.Delay(Timeout.Infinite, context.Cancellation);
        var id = await _api.SubmitAsync();

        await _api.PostAsync(FarmRoutes.Fill(FarmRoutes.ProjectPriority, ("project", id.Value)), new { priority = "urgent", weight = 7 });

        var shown = await _api.GetAsync(FarmRoutes.Fill(FarmRoutes.Project, ("project", id.Value)));
        Assert.Equal(("urgent", 7), (shown.GetProperty("row").Text("band"), shown.GetProperty("weight").GetInt32()));
    }

    [Fact]
    public async Task DeadLetter_OfAFailedProject_IsListedAndRequeued()
    {
        var isBroken = true;
        _hand.Before = (job, _) => isBroken && job.Id.Name == JobNames.Mix
            ? throw new Core.Errors.FarmException(Core.Errors.ErrorCodes.Format, "The tape is torn.")
            : Task.CompletedTask;
        var id = await _api.SubmitAsync();
        var dead = await _api.UntilAsync(FarmRoutes.DeadLetters, d => d.GetProperty("data").GetArrayLength() > 0);

        isBroken = false;
        var requeued = await _api.PostAsync(FarmRoutes.Fill(FarmRoutes.DeadLettersOf, ("project", id.Value)), new { reason = "new tape" });
        await _api.UntilAsync(FarmRoutes.Fill(FarmRoutes.Project, ("project", id.Value)), p => p.GetProperty("row").Text("stage") == "completed");

        Assert.Equal((id.Value, "mix", "ERR_FORMAT"), (dead.GetProperty("data")[0].Text("project"), dead.GetProperty("data")[0].Text("job"), dead.GetProperty("data")[0].Text("code")));
        Assert.Contains("mix", requeued.GetProperty("effects")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JoinToken_Made_IsListedAndRevoked()
    {
        var made = await _api.PostAsync(FarmRoutes.JoinTokens, new { name = "rack 4", uses = 3, hours = 2 });
        var listed = (await _api.GetAsync(FarmRoutes.JoinTokens)).GetProperty("data").EnumerateArray().Single();
        using var revoked = await _api.Admin.DeleteAsync(FarmRoutes.Fill(FarmRoutes.JoinToken, ("token", made.Text("id"))));
        var after = (await _api.GetAsync(FarmRoutes.JoinTokens)).GetProperty("data").EnumerateArray().Single();

        Assert.NotEmpty(made.Text("token"));
        Assert.Equal(("rack 4", "good", 3), (listed.Text("name"), listed.Text("state"), listed.GetProperty("uses_left").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, "revoked"), (revoked.StatusCode, after.Text("state")));
        Assert.DoesNotContain(_api.Log.All, l => l.Contains(made.Text("token"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_Drained_ScheduledAndRevoked_IsShownSo()
    {
        await _api.Database.ExecuteAsync(
            "INSERT INTO farm_node (name, epoch, state, facts, version, joined_ms, seen_ms) VALUES ('n7', 3, 'active', '{\"cores\":8}', '1.0', 0, 0)", default);
        string At(string verb) => FarmRoutes.Fill(FarmRoutes.NodeVerb, ("node", "n7"), ("verb", verb));

        await _api.PostAsync(At("drain"), new { reason = "dust" });
        using var schedule = await _api.Admin.PutAsJsonAsync(FarmRoutes.Fill(FarmRoutes.NodeSchedule, ("node", "n7")), new { schedule = "mon-fri 18:00-08:00" });
        var drained = await _api.GetAsync(FarmRoutes.Fill(FarmRoutes.Node, ("node", "n7")));
        using var pardon = await _api.Admin.PostAsJsonAsync(At("pardon"), new { });
        await _api.PostAsync(At("revoke"), new { });
        using var late = await _api.Admin.PostAsJsonAsync(At("resume"), new { });

        Assert.Equal(("draining", "dust", "mon-fri 18:00-08:00"), (drained.Text("state"), drained.Text("reason"), drained.Text("schedule")));
        Assert.Equal(8, drained.GetProperty("facts").GetProperty("cores").GetInt32());
        await pardon.ProblemAsync(HttpStatusCode.Conflict);
        await late.ProblemAsync(HttpStatusCode.Unauthorized, "ERR_NODE_REVOKED");
    }

    [Fact]
    public async Task Events_FromTheirBeginning_AreThoseOfTheJournal()
    {
        var id = await _api.SubmitAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, FarmRoutes.Events);
        request.Headers.Add("Last-Event-ID", "0");
        using var response = await _api.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        var numbers = new List<int>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync(patience.Token))
        {
            var note = JsonDocument.Parse(item.Data).RootElement;
            Assert.Equal(id.Value, note.Text("project"));
            numbers.Add(note.GetProperty("nr").GetInt32());
            if (note.Text("name").Contains("completed", StringComparison.Ordinal) && !note.Text("name").Contains("publication", StringComparison.Ordinal))
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Fact]
    public async Task Cost_ByTenant_AddsUp()
    {
        foreach (var (job, tenant, busy) in new[] { ("ingest", "a", 1_500), ("mix", "a", 500), ("ingest", "b", 250) })
        {
            await _api.Database.ExecuteAsync(
                "INSERT INTO farm_cost (project, job, attempt, node, tenant, busy_ms, gpu_ms, ended_ms) VALUES (@p, @j, 1, 'n1', @t, @b, 0, 10)",
                default,
                ("p", "p" + tenant),
                ("j", job),
                ("t", tenant),
                ("b", busy));
        }

        var rows = (await _api.GetAsync(FarmRoutes.Cost + "?by=tenant")).GetProperty("data").EnumerateArray().Select(r => (r.Text("name"), r.GetProperty("node_seconds").GetDouble())).ToArray();
        using var odd = await _api.Admin.GetAsync(FarmRoutes.Cost + "?by=job;drop");

        Assert.Equal([("a", 2.0), ("b", 0.25)], rows);
        await odd.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Routes_WithAReadersKey_ReadAndDoNotChange()
    {
        using var reader = await _api.ClientAsync(Scopes.FarmRead);
        using var customer = await _api.ClientAsync(Scopes.VideosWrite);

        using var seen = await reader.GetAsync(FarmRoutes.Members);
        using var refused = await reader.PostAsJsonAsync(FarmRoutes.Leave, new { address = "akka.tcp://farm@10.0.0.9:1" });
        using var hidden = await customer.GetAsync(FarmRoutes.Members);

        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        await refused.ProblemAsync(HttpStatusCode.Forbidden);
        await hidden.ProblemAsync(HttpStatusCode.Forbidden);
    }
}
