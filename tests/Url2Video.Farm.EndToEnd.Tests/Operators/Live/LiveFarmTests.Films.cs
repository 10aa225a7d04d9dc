using System.Text.Json;
using System.Text.RegularExpressions;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Operators.Live;

public sealed partial class LiveFarmTests
{
    private const string Undefined = "which nobody has defined";

    /// <param name="Made">Is made, and waits for a limit first.</param>
    /// <param name="Held">Names a limit that never comes: it stands still.</param>
    /// <param name="Broken">Its page is nowhere.</param>
    private sealed record Films(string Made, string Held, string Broken);

    private async Task<Films> OrderAsync(Transcript pbm)
    {
        pbm.Chapter("submit, status, list");
        await File.WriteAllTextAsync(_folder["small.json"], SmallFilm.Storyboard, _patience.Token);
        await File.WriteAllTextAsync(_folder["longer.json"], LongerFilm.Storyboard, _patience.Token);
        var small = $"submit \"{_folder["small.json"]}\" --ladder 180,144";
        (await pbm.AskAsync(small + " --dry-run")).Ends(0).Says("valid", "yes", "180p, 144p");
        (await pbm.AskAsync(small + " --fps 7.5x")).Ends(2).Says("ERR_");
        (await pbm.AskAsync("list")).Ends(0).Says("Count: 0 films");
        var films = new Films(
            Id(await pbm.DoAsync(small + " --limits seat --priority low")),
            Id(await pbm.DoAsync($"submit \"{_folder["longer.json"]}\" --ladder 144 --limits never")),
            Id(await pbm.DoAsync("submit https://nowhere.test/page")));
        (await pbm.UntilAsync($"status {films.Broken}", r => r.Out.Contains("failed", StringComparison.Ordinal), _patience.Token)).Ends(0).Says("ERR_HOST_NOT_FOUND");
        (await pbm.UntilAsync("list", r => r.Out.Contains("ERR_HOST_NOT_FOUND", StringComparison.Ordinal), _patience.Token)).Ends(0).Says(films.Made, films.Held, films.Broken, "Count: 3 films");
        (await pbm.AskAsync("list --status failed --limit 1")).Ends(0).Says(films.Broken, "Count: 1 film\n");
        return films;
    }

    private static async Task ProjectsAsync(Transcript pbm, Films films)
    {
        pbm.Chapter("project");
        var held = films.Held;
        var list = (await pbm.AskAsync("pbm project list")).Ends(0).Says("Count: 3 projects", films.Made, films.Broken);
        Assert.Contains("ERR_HOST_NOT_FOUND", list.Row(films.Broken), StringComparison.Ordinal);
        (await pbm.AskAsync("pbm project list --stage failed")).Ends(0).Says(films.Broken, "Count: 1 project\n");
        (await pbm.AskAsync("pbm project list --stage asleep")).Ends(2).Says("ERR_INVALID_ARGUMENT", "One of ");
        (await pbm.AskAsync($"pbm project show {films.Broken}")).Ends(0).Says("error.code", "There is no host", "Count: 1 dead");
        (await pbm.AskAsync("pbm project show prj_nobody")).Ends(2).Says("ERR_INVALID_ARGUMENT", "`pbm project list` lists them");

        (await pbm.AskAsync($"pbm project pause {held} --dry-run")).Ends(0).Says("would: ");
        Assert.Equal("active", Status(await pbm.AskAsync($"pbm project show {held}")));
        Assert.Equal(0, (await pbm.DoAsync($"pbm project pause {held} --wait --reason \"the night is for others\"")).Exit);
        Assert.Equal("paused", Status(await pbm.AskAsync($"pbm project show {held}")));
        Assert.Equal(0, (await pbm.DoAsync($"pbm project resume {held} --wait")).Exit);
        Assert.Equal("active", Status(await pbm.AskAsync($"pbm project show {held}")));

        (await pbm.AskAsync($"pbm project priority {held} soon")).Ends(2).Says("urgent");
        Assert.Equal(0, (await pbm.DoAsync($"pbm project priority {held} urgent --weight 5")).Exit);
        var urgent = (await pbm.AskAsync($"pbm project show {held}")).Result;
        Assert.Equal(("urgent", 5), (urgent.GetProperty("row").GetProperty("band").GetString(), urgent.GetProperty("weight").GetInt32()));

        (await pbm.AskAsync($"pbm project cancel {held} --dry-run")).Ends(0).Says("would: ");
        Assert.Equal(0, (await pbm.DoAsync($"pbm project cancel {held} --wait")).Exit);
        Assert.Equal("cancelled", Status(await pbm.AskAsync($"pbm project show {held}")));
        (await pbm.AskAsync($"pbm project retry {held}")).Ends(2).Says("ERR_PROJECT_STATE", "Only a failed project", "is cancelled", "`pbm project show` tells");
        (await pbm.AskAsync($"cancel {held}")).Ends(0).Says("canceled"); // What is so already is no error.
    }

    private async Task DeadLettersAsync(Transcript pbm, Films films)
    {
        pbm.Chapter("deadletter, project retry");
        var broken = films.Broken;
        var dead = (await pbm.AskAsync("pbm deadletter list")).Ends(0).Says("Count: 1 dead job\n", "ingest");
        Assert.Contains("There is no host \"nowhere.test\".", dead.Row(broken), StringComparison.Ordinal);
        (await pbm.AskAsync($"pbm deadletter show {broken}")).Ends(0).Says("ERR_HOST_NOT_FOUND", "Count: 1 dead job\n");
        (await pbm.AskAsync($"pbm deadletter requeue {films.Made}")).Ends(2).Says("ERR_JOB_NOT_FOUND", "`pbm deadletter list`");
        (await pbm.AskAsync($"pbm deadletter requeue {broken} --dry-run")).Ends(0).Says("would: ingest is tried again");
        Assert.Equal(0, (await pbm.DoAsync($"pbm deadletter requeue {broken} --wait")).Exit);
        await FailedAsync(pbm, broken, 2);
        Assert.Equal(0, (await pbm.DoAsync($"pbm project retry {broken} --wait")).Exit);
        await FailedAsync(pbm, broken, 3);
    }

    /// <summary>The film that waited is made: its clients and its operators look at it.</summary>
    private async Task FinishedAsync(Transcript pbm, Films films)
    {
        pbm.Chapter("watch, download, actor, job, cluster-sharding locate: a finished film");
        var made = films.Made;
        var watched = (await pbm.AskAsync($"watch {made}")).Ends(0).Says("A small film", "mp4", "master.m3u8");
        Assert.Equal("succeeded", watched.Result.GetProperty("status").GetString());
        (await pbm.AskAsync($"status {made}")).Ends(0).Says("succeeded", "chunks.published");
        var fetched = await pbm.DoAsync($"download {made} --out \"{_folder["home"]}/fetched\"");
        Assert.Equal((0, true, true), (fetched.Exit, File.Exists(_folder["home/fetched/video.mp4"]), File.Exists(_folder["home/fetched/hls/master.m3u8"])));
        (await pbm.AskAsync("download prj_nobody")).Ends(2).Says("ERR_PROJECT_NOT_FOUND", "`url2video list`");

        var jobs = (await pbm.AskAsync($"pbm job list {made}")).Ends(0).Says("assemble", "Count: 13 jobs");
        Assert.All(jobs.Rows, j => Assert.Equal("done", j.GetProperty("stage").GetString()));
        (await pbm.AskAsync($"pbm job list {made} --prefix speak/ --stage done --limit 2")).Ends(0).Says("speak/0001", "Count: 2 jobs", "There are more: --cursor");
        (await pbm.AskAsync($"pbm job why {made} render/000001")).Ends(0).Says("done");
        (await pbm.UntilAsync($"pbm job log {made} render/000001", r => r.Exit == 0, _patience.Token)).Says("attempt ", "on node-", "100 %", "finished after");
        (await pbm.AskAsync($"pbm job log {made} render/009999")).Ends(2).Says("ERR_");
        (await pbm.AskAsync($"pbm job kill {made} assemble")).Ends(2).Says("ERR_PROJECT_STATE", "is finished");

        var actor = (await pbm.AskAsync($"pbm actor show {made}")).Ends(0).Says("completed", "seat");
        var journal = (await pbm.AskAsync($"pbm actor events {made}")).Ends(0).Says("u2v.project.submitted.v1", "u2v.project.completed.v1");
        Assert.Equal(actor.Result.GetProperty("events").GetInt64(), journal.Rows.Count);
        (await pbm.AskAsync($"pbm actor events {made} --from 2 --limit 1")).Ends(0).Says("Count: 1 event\n", "There are more: --from 3");
        (await pbm.AskAsync($"pbm actor replay {made}")).Ends(0).Says($"{journal.Rows.Count} events fold", "Count: 7 checks");
        var place = (await pbm.AskAsync($"pbm cluster-sharding locate {made}")).Ends(0).Says("shard");
        Assert.Contains((await pbm.AskAsync("pbm cluster show")).Rows, r => r.GetProperty("address").GetString() == place.Result.GetProperty("address").GetString());
    }

    private static void AssertTail(CliResult tail, Films films)
    {
        Assert.Equal(0, tail.Exit);
        Assert.Matches($@"(?m)^{films.Made} +\d+  u2v\.project\.completed\.v1$", tail.Out);
    }

    private async Task FailedAsync(Transcript pbm, string project, int attempts)
    {
        var show = await pbm.UntilAsync($"pbm project show {project}", r => Regex.IsMatch(r.Out, $@"(?m)^status +failed$(.|\n)*^failures +{attempts}$"), _patience.Token);
        Assert.Equal(attempts, show.Result.GetProperty("failures").GetInt32());
    }

    private static string? Status(Answer show) => show.Ends(0).Result.GetProperty("row").GetProperty("status").GetString();

    private static string Id(CliResult order)
    {
        Assert.Equal(0, order.Exit);
        return Regex.Match(order.Out, "prj_[0-9A-Z]{26}").Value;
    }
}
