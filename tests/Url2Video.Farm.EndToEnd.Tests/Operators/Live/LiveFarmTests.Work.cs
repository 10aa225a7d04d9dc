using System.Text.Json;
using System.Text.RegularExpressions;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Farm;

namespace Url2Video.Farm.EndToEnd.Tests.Operators.Live;

public sealed partial class LiveFarmTests
{
    private async Task QueueAsync(Transcript pbm, Films films)
    {
        pbm.Chapter("queue, limit, job why: what waits and for what");
        (await pbm.UntilAsync($"pbm job why {films.Made} ingest", r => r.Out.Contains(Undefined, StringComparison.Ordinal), _patience.Token)).Ends(0).Says("seat", "offered");
        (await pbm.UntilAsync($"pbm job why {films.Held} ingest", r => r.Out.Contains(Undefined, StringComparison.Ordinal), _patience.Token)).Ends(0).Says("never");
        (await pbm.AskAsync($"pbm job list {films.Made}")).Ends(0).Says("ingest", "offered", "`job why` names the cause", "Count: 1 job\n");
        (await pbm.AskAsync($"pbm job retry {films.Held} ingest --dry-run")).Ends(0).Says("would: ");
        Assert.Equal(0, (await pbm.DoAsync($"pbm job retry {films.Held} ingest")).Exit);

        var queue = (await pbm.UntilAsync("pbm queue explain", r => Regex.IsMatch(r.Out, "(?m)^queued +2$"), _patience.Token)).Ends(0)
            .Says("limit_undefined", "Count: 3 bands", "Count: 2 nodes", "seat", "never", "node-1", films.Made);
        Assert.Equal((2, 0), (queue.Result.GetProperty("queued").GetInt32(), queue.Result.GetProperty("running").GetInt32()));
        var limits = (await pbm.AskAsync("pbm limit list")).Ends(0).Says("Count: 2 limits");
        Assert.Matches(@"^seat +none +0 +1$", limits.Row("seat"));
        (await pbm.AskAsync("pbm doctor")).Ends(5).Says("FAIL    limits", "seat is not defined", "`pbm limit set NAME MAX`", "FAIL    dead jobs");

        (await pbm.AskAsync("pbm limit set seat 2 --dry-run")).Ends(0).Says("would: At most 2 jobs that name seat run at once.");
        (await pbm.AskAsync("pbm limit set seat -2")).Ends(2).Says("ERR_");
        Assert.Equal(0, (await pbm.DoAsync("pbm limit set seat 2")).Exit);
        Assert.Matches(@"^seat +2 ", (await pbm.AskAsync("pbm limit list")).Row("seat"));
        Assert.Equal(0, (await pbm.DoAsync("pbm limit set other 7")).Exit);
        Assert.Equal(0, (await pbm.DoAsync("pbm limit set other")).Exit);
        Assert.Matches(@"^other +none ", (await pbm.AskAsync("pbm limit list")).Row("other"));
    }

    private async Task JobsAsync(Transcript pbm, LocalFarm farm)
    {
        pbm.Chapter("job kill, cancel: a film in work");
        var film = Id(await pbm.DoAsync($"submit \"{_folder["longer.json"]}\" --ladder 360"));
        using var http = await farm.ClientAsync(0, _patience.Token);
        await FarmCalls.UntilAsync(
            async () => (await http.GetAsync($"/api/v2/farm/jobs/{film}?stage=running&prefix=render/", _patience.Token)).GetProperty("data").GetArrayLength(),
            running => running > 0,
            _patience.Token);
        var nodes = farm.Processes.Where(p => p.Kind == FarmProcessKind.Node).ToList();
        nodes.ForEach(n => n.Signal(Signals.Stop)); // What is in work stays in work while the operator types.
        var list = await pbm.LookAsync($"pbm job list {film} --prefix render/", r => r.Exit == 0, _patience.Token);
        var job = Regex.Match(list.Out, "(render/[0-9]{6}) +running").Groups[1].Value;
        Assert.NotEmpty(job);
        Assert.Equal(0, (await pbm.DoAsync($"pbm job kill {film} {job} --reason \"it looks odd\"")).Exit);
        nodes.ForEach(n => n.Signal(Signals.Continue));
        (await pbm.UntilAsync($"pbm job log {film} {job}", r => r.Exit == 0, _patience.Token)).Says("attempt ");
        Assert.Equal(0, (await pbm.DoAsync($"cancel {film}")).Exit);
        (await pbm.AskAsync($"status {film}")).Ends(0).Says("canceled");
        (await pbm.AskAsync($"watch {film}")).Ends(1).Says("ERR_CANCELLED");
        Assert.Equal("cancelled", Status(await pbm.AskAsync($"pbm project show {film}")));
    }

    private static async Task NodesAsync(Transcript pbm)
    {
        pbm.Chapter("node");
        var list = (await pbm.AskAsync("pbm node list")).Ends(0).Says("NODE", "Count: 2 nodes");
        Assert.Equal(["node-1", "node-2"], list.Rows.Select(r => r.GetProperty("name").GetString()));
        (await pbm.AskAsync("pbm node show node-1")).Ends(0).Says("facts.cores", "GiB", "libx264");
        (await pbm.AskAsync("pbm node show nobody")).Ends(2).Says("ERR_NODE_NOT_FOUND", "`pbm node list` names them.");
        (await pbm.AskAsync("pbm node drain")).Ends(2).Says("`url2video pbm node drain` needs <node>.");

        (await pbm.AskAsync("pbm node drain node-2 --dry-run")).Ends(0).Says("would: node-2 takes on nothing new");
        await TurnsAsync(pbm, "drain node-2 --wait --reason \"new disk\"", "draining", "new disk");
        await TurnsAsync(pbm, "resume node-2", "active", "");
        await TurnsAsync(pbm, "quarantine node-2 --wait", "quarantined", "By an operator.");
        (await pbm.AskAsync("pbm doctor")).Ends(5).Says("FAIL    quarantine", "node-2 (By an operator.)", "`pbm node pardon NODE`");
        await TurnsAsync(pbm, "pardon node-2", "active", "");

        (await pbm.AskAsync("pbm node schedule node-2 \"some time\"")).Ends(2).Says("ERR_INVALID_ARGUMENT");
        Assert.Equal(0, (await pbm.DoAsync("pbm node schedule node-2 \"mon-fri 18:00-08:00\"")).Exit);
        Assert.Contains("mon-fri 18:00-08:00", (await pbm.AskAsync("pbm node list")).Row("node-2"), StringComparison.Ordinal);
        Assert.Equal(0, (await pbm.DoAsync("pbm node schedule node-2")).Exit);

        var token = (await pbm.AskAsync("pbm node token --name rack-4 --uses 2 --hours 1")).Ends(0).Says("u2vjoin_").Result.GetProperty("id").GetString()!;
        Assert.Contains("rack-4", (await pbm.AskAsync("pbm node tokens")).Ends(0).Row(token), StringComparison.Ordinal);
        Assert.Equal(0, (await pbm.DoAsync($"pbm node token-revoke {token}")).Exit);
        Assert.DoesNotContain("good", (await pbm.AskAsync("pbm node tokens")).Ends(0).Row(token), StringComparison.Ordinal);

        await TurnsAsync(pbm, "revoke node-2 --reason stolen", "revoked", "stolen");
        (await pbm.AskAsync("pbm node resume node-2")).Ends(4).Says("ERR_NODE_REVOKED", "that is final");
        Assert.Equal(0, (await pbm.DoAsync("pbm node forget node-2")).Exit);
        (await pbm.AskAsync("pbm node list")).Ends(0).Says("Count: 1 node\n");
    }

    private async Task AccountsAsync(Transcript pbm, Films films, LocalFarm farm)
    {
        pbm.Chapter("tenant, cost, store");
        Assert.Equal(0, (await pbm.DoAsync("pbm tenant set studio --weight 3 --running-max 10")).Exit);
        Assert.Matches(@"^studio +3 +10 ", (await pbm.AskAsync("pbm tenant list")).Ends(0).Row("studio"));
        Assert.Equal(0, (await pbm.DoAsync("pbm tenant pause studio")).Exit);
        Assert.Contains("paused", (await pbm.AskAsync("pbm tenant list")).Row("studio"), StringComparison.Ordinal);
        Assert.Equal(0, (await pbm.DoAsync("pbm tenant resume studio")).Exit);

        // Thirteen jobs were done, one of them perhaps twice: the ledger knows of all, though their nodes had named them no more when they ended.
        var costs = (await pbm.AskAsync("pbm cost report")).Ends(0);
        var made = costs.Rows.Single(r => r.GetProperty("name").GetString() == films.Made);
        Assert.InRange(made.GetProperty("attempts").GetInt32(), 13, 26);
        Assert.True(made.GetProperty("node_seconds").GetDouble() > 0);
        var attempts = costs.Rows.Sum(r => r.GetProperty("attempts").GetInt32());
        Assert.Equal(attempts, (await pbm.AskAsync("pbm cost report --by node")).Ends(0).Says("node-1").Rows.Sum(r => r.GetProperty("attempts").GetInt32()));
        Assert.Equal(attempts, (await pbm.AskAsync("pbm cost report --by tenant")).Ends(0).Rows.Sum(r => r.GetProperty("attempts").GetInt32()));
        (await pbm.AskAsync("pbm cost report --since 2100-01-01T00:00:00Z")).Ends(0).Says("Count: 0 rows");

        (await pbm.AskAsync("pbm store check")).Ends(0).Says("4 projects", "all sound");
        (await pbm.AskAsync("pbm store check --hashes")).Ends(0).Says("all sound");
        var (backup, store) = ($"\"{_folder["home"]}/backup\"", $"--store-file \"{_folder["farm"]}/store-url\"");
        var saved = await pbm.DoAsync($"pbm store backup {backup} {store} --artifacts \"{_folder["farm"]}/artifacts\"");
        Assert.Equal(0, saved.Exit);
        Assert.Contains("A store of 4 projects", saved.Out, StringComparison.Ordinal);
        (await pbm.AskAsync($"pbm store backup {backup} {store}")).Ends(2).Says("ERR_");
        var restored = await pbm.DoAsync($"pbm store restore {backup} --store \"sqlite:{_folder["home"]}/restored.db\" --verify");
        Assert.Equal(0, restored.Exit);
        Assert.Contains("4 projects", restored.Out, StringComparison.Ordinal);
        Assert.Contains("folds to the same", restored.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder["home"], "restored.db")));
        (await pbm.AskAsync($"pbm store restore {backup} {store}")).Ends(2).Says("ERR_"); // Never over a store that is in use.
    }

    private static async Task ConsoleAsync(Transcript pbm, Films films)
    {
        pbm.Chapter("interactive, completion");
        var typed = await pbm.DoAsync("pbm", $"cluster leader\n# a remark\nproject list --text small\n\njob why {films.Made} assemble\nnode show nobody\nexit\nnode list\n");
        Assert.Equal(2, typed.Exit);
        Assert.Contains("Count: 1 project\n", typed.Out, StringComparison.Ordinal);
        Assert.Contains("ERR_NODE_NOT_FOUND", typed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Count: 1 node", typed.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await pbm.DoAsync("pbm --json", "cluster leader\nnode list\n")).Json.Count(l => l.GetProperty("type").GetString() == "result" && !l.GetProperty("ok").GetBoolean()));

        Assert.Contains("_pbm_complete()", (await pbm.DoAsync("pbm completion bash")).Out, StringComparison.Ordinal);
        Assert.Contains("region-stats\n", (await pbm.DoAsync("pbm [suggest:21] \"pbm cluster-sharding \"")).Out, StringComparison.Ordinal);
        Assert.Contains("node-1\n", (await pbm.DoAsync("pbm [suggest:15] \"pbm node drain \"")).Out, StringComparison.Ordinal);
        (await pbm.AskAsync("pbm frobnicate")).Ends(2).Says("ERR_INVALID_ARGUMENT", "`url2video pbm --help`");
    }

    /// <summary>A verb on a node, and what the list says of it then.</summary>
    private static async Task TurnsAsync(Transcript pbm, string verb, string state, string reason)
    {
        var done = await pbm.DoAsync($"pbm node {verb}");
        Assert.True(done.Exit == 0, done.Error);
        var row = (await pbm.AskAsync("pbm node list")).Rows.Single(r => r.GetProperty("name").GetString() == "node-2");
        Assert.Equal(state, row.GetProperty("state").GetString());
        Assert.Equal(reason, row.TryGetProperty("reason", out var told) && told.ValueKind == JsonValueKind.String ? told.GetString() : "");
    }
}
