using System.Text.RegularExpressions;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Farm;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Operators.Live;

/// <summary>
/// Every verb of the console and every client verb against one farm of real processes, as the real program: what each says, in both forms, and
/// its effect as another verb tells it.
/// </summary>
[Collection("farm")]
public sealed partial class LiveFarmTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly FarmFolder _folder = new();
    private readonly CancellationTokenSource _patience = new(Patience);

    [RequiresPostgresFact]
    public async Task EveryVerb_AgainstALiveFarm_SaysWhatIsAndDoesWhatItSays()
    {
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(_folder["farm"], Servers: 2, Nodes: 2, Store: null, Workers: 1, FirstPort: 0) { Restarts = false },
            output.WriteLine, TimeProvider.System, _patience.Token);
        using (var http = await farm.ClientAsync(0, _patience.Token))
        {
            await http.UntilNodesWorkAsync(2, _patience.Token);
        }

        Directory.CreateDirectory(_folder["home"]);
        var pbm = new Transcript(_folder["home"]);
        try
        {
            await LoginAsync(pbm, farm);
            await ClusterAsync(pbm);
            var films = await OrderAsync(pbm);
            var events = pbm.FollowAsync("pbm event tail", "u2v.project.completed");
            await QueueAsync(pbm, films);
            await ProjectsAsync(pbm, films);
            await DeadLettersAsync(pbm, films);
            await FinishedAsync(pbm, films);
            AssertTail(await events, films);
            await JobsAsync(pbm, farm);
            await NodesAsync(pbm);
            await AccountsAsync(pbm, films, farm);
            await ConsoleAsync(pbm, films);
            await LeavingAsync(pbm, farm);
        }
        finally
        {
            await pbm.WriteAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "logs")).FullName, "pbm-transcript.md"));
            if (Environment.GetEnvironmentVariable("U2V_WRITE_TRANSCRIPT") == "1")
            {
                await pbm.WriteAsync(Transcript.CheckedIn());
            }
        }
    }

    public void Dispose()
    {
        _patience.Dispose();
        _folder.Dispose();
    }

    private static async Task LoginAsync(Transcript pbm, LocalFarm farm)
    {
        pbm.Chapter("login");
        (await pbm.AskAsync("list")).Ends(2).Says("ERR_INVALID_ARGUMENT", "--server");
        (await pbm.AskAsync($"login --server {farm.Urls[0]} --key nonsense")).Ends(4).Says("ERR_");
        var login = $"login --server {farm.Urls[0]} --key {(await File.ReadAllTextAsync(farm.KeyFile)).Trim()}";
        Assert.Contains("knows the key", (await pbm.DoAsync(login)).Out, StringComparison.Ordinal); // One after the other: both write the profile.
        Assert.True((await pbm.DoAsync(login + " --json")).Result.GetProperty("ok").GetBoolean());
    }

    private static async Task ClusterAsync(Transcript pbm)
    {
        pbm.Chapter("cluster, cluster-sharding");
        var show = (await pbm.AskAsync("pbm cluster show")).Ends(0).Says("ADDRESS", "Count: 2 servers");
        Assert.Equal((2, 1), (show.Rows.Count, show.Rows.Count(r => r.GetProperty("leader").GetBoolean())));
        Assert.All(show.Rows, r => Assert.Equal("up", r.GetProperty("status").GetString()));
        var leader = show.Rows.Single(r => r.GetProperty("leader").GetBoolean()).GetProperty("address").GetString()!;
        Assert.Matches(@"\bup +leader +\d", show.Row(leader));

        var status = (await pbm.AskAsync("pbm cluster status")).Ends(0).Says("members", leader);
        Assert.Equal((2, 0), (status.Result.GetProperty("members").GetInt32(), status.Result.GetProperty("unreachable").GetInt32()));
        Assert.Equal(leader, (await pbm.AskAsync("pbm cluster leader")).Ends(0).Says(leader).Result.GetProperty("leader").GetString());
        (await pbm.AskAsync($"pbm cluster join {leader}")).Ends(2).Says("ERR_CONFLICT", "is in a cluster already", "by its store");

        var regions = (await pbm.AskAsync("pbm cluster-sharding list-regions")).Ends(0).Says("REGION", "Count: 4 regions");
        Assert.Equal(["limit", "project", "tenant", "webhook"], regions.Rows.Select(r => r.GetProperty("region").GetString()).Order());
        (await pbm.AskAsync("pbm cluster-sharding region-stats project")).Ends(0).Says("Count: 2 servers", leader);
        (await pbm.AskAsync("pbm cluster-sharding region-stats nothing")).Ends(2).Says("ERR_");
        (await pbm.AskAsync("pbm doctor")).Ends(0).Says("servers", "2 up", "nobody is suspected", "Count: 8 checks");
    }

    /// <summary>The last chapter: one server is led out and comes back, and is thrown out.</summary>
    private async Task LeavingAsync(Transcript pbm, LocalFarm farm)
    {
        pbm.Chapter("cluster leave, down, tail");
        var address = await OtherServerAsync(pbm);
        var tail = pbm.FollowAsync("pbm cluster tail", "member-removed");
        (await pbm.AskAsync($"pbm cluster leave {address} --dry-run")).Ends(0).Says("would: ", "hands its projects over");
        Assert.Equal(0, (await pbm.DoAsync($"pbm cluster leave {address} --wait --reason \"new memory\"")).Exit);
        (await pbm.AskAsync("pbm cluster show")).Ends(0).Says("Count: 1 server\n");
        var told = await tail;
        Assert.Equal(0, told.Exit);
        Assert.Matches($@"(?m)^member-removed +{Regex.Escape(address)}", told.Out);

        farm.Process("server-2").Start();
        await farm.WaitReadyAsync(farm.Urls[1], _patience.Token);
        var back = await OtherServerAsync(pbm);
        (await pbm.AskAsync($"pbm cluster down {back} --dry-run")).Ends(0).Says("although it is reachable", "`cluster leave` would hand over first");
        Assert.Equal(0, (await pbm.DoAsync($"pbm cluster down {back} --wait")).Exit);
        (await pbm.AskAsync("pbm cluster status")).Ends(0).Says("members");

        // A server that is thrown out begins a new life at the same address, perhaps by now: another one is asked about.
        (await pbm.AskAsync("pbm cluster down akka.ssl.tcp://farm@127.0.0.1:9")).Ends(2).Says("ERR_");
    }

    // Not the one that answers.
    private async Task<string> OtherServerAsync(Transcript pbm)
    {
        var show = await pbm.UntilAsync("pbm cluster show", r => r.Out.Contains("Count: 2 servers", StringComparison.Ordinal) && !r.Out.Contains("joining", StringComparison.Ordinal), _patience.Token);
        return show.Rows.Single(r => !r.GetProperty("self").GetBoolean()).GetProperty("address").GetString()!;
    }
}
