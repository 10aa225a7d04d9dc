using System.Text.Json;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Core.Plugins;
using Url2Video.Farm.EndToEnd.Tests.Farm;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Node.Plugins;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Plugins;

/// <summary>A farm of two nodes, of which one has a plugin: what shows it is made there, and the rest anywhere.</summary>
[Collection("farm")]
public sealed class FarmPluginTests(PluginLab lab, ITestOutputHelper output) : IClassFixture<PluginLab>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string s_unknown = new('a', 64);

    /// <summary>Gives each picture back as it came.</summary>
    private const string Echo = """
        binmode(STDIN); binmode(STDOUT); $| = 1;
        sub take { my ($n, $b) = (shift, ""); while (length($b) < $n) { my $g = sysread(STDIN, $b, $n - length($b), length($b)); exit 0 unless $g } $b }
        sub size { (unpack("x4VV", take(12)))[1] }
        take(size());
        print "U2VP" . pack("VVV", 2, 12, 1) . "\x03bad\x031.0";
        while (1) { my $picture = take(size()); print "U2VP" . pack("VV", 4, length($picture)) . $picture }
        """;

    [Fact]
    public async Task Chunks_ThatShowAPlugin_AreMadeOnlyWhereItIs()
    {
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        var plugin = lab.Perl(Echo);
        Copy(plugin, folder["farm/node-2/plugins/bad"]);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 1, Nodes: 2, Store: null, Workers: 1, FirstPort: 0) { Restarts = false }, output.WriteLine, TimeProvider.System, patience.Token);
        using var http = await farm.ClientAsync(0, patience.Token);
        await http.UntilNodesWorkAsync(2, patience.Token);

        var made = await http.OrderAsync(Storyboard(plugin.Manifest.Sha256), "had", patience.Token);
        var waiting = await http.OrderAsync(Storyboard(s_unknown), "unknown", patience.Token);
        var end = await http.UntilEndedAsync(made, patience.Token);

        Assert.True(end.GetProperty("status").GetString() == "succeeded", end.ToString());
        var jobs = await JobsAsync(http, made, patience.Token);
        var (shows, others) = (Names(jobs, plugin.Manifest.Word), Names(jobs, null).Where(n => n.StartsWith("render/", StringComparison.Ordinal)).Except(Names(jobs, plugin.Manifest.Word)));
        Assert.NotEmpty(others);
        Assert.Contains(shows, n => n.StartsWith("render/", StringComparison.Ordinal));
        Assert.All(shows, job => Assert.Equal((false, true), (Started(folder, "node-1", made, job), Started(folder, "node-2", made, job))));

        // Nobody has the other: its chunks wait, and `why` says for what.
        var word = PluginWords.Of(plugin.Manifest.Id, s_unknown);
        var stuck = await FarmCalls.UntilAsync(async () => Names(await JobsAsync(http, waiting, patience.Token), word).FirstOrDefault(), job => job is not null, patience.Token);
        var why = await FarmCalls.UntilAsync(
            async () => (await http.GetAsync($"/api/v2/farm/job-why/{waiting}/{stuck}", patience.Token)).ToString(), w => w.Contains("No node has", StringComparison.Ordinal), patience.Token);
        Assert.Contains($"No node has what it needs: {word}", why, StringComparison.Ordinal);
    }

    private static string Storyboard(string sha256) => $$"""
        {
          "schema": "url2video.storyboard/1", "title": "Half of it is another's", "language": "en", "music": null,
          "canvas": { "width": 320, "height": 180, "fps": 30 },
          "scenes": [
            { "id": "plain", "role": "point", "say": "", "visual": { "kind": "procedural", "pattern": "waves", "seed": 4 }, "timing": { "fixedMs": 8000 } },
            { "id": "odd", "role": "point", "say": "", "visual": { "kind": "procedural", "pattern": "grid", "seed": 5 }, "timing": { "fixedMs": 8000 },
              "plugins": [{ "id": "bad", "sha256": "{{sha256}}" }] }
          ]
        }
        """;

    private static async Task<List<JsonElement>> JobsAsync(FarmHttp http, string film, CancellationToken cancellation) =>
        [.. (await http.GetAsync($"/api/v2/farm/jobs/{film}", cancellation)).GetProperty("data").EnumerateArray()];

    private static List<string> Names(IEnumerable<JsonElement> jobs, string? need) =>
        [.. jobs.Where(j => need is null || j.GetProperty("needs").EnumerateArray().Any(n => n.GetString() == need)).Select(j => j.GetProperty("name").GetString()!)];

    private static bool Started(FarmFolder folder, string node, string film, string job) =>
        Directory.EnumerateFiles(folder[$"farm/{node}"], "node.log", SearchOption.AllDirectories).Any(log => SharedText.Read(log).Contains($"{film}/{job} attempt", StringComparison.Ordinal));

    private static void Copy(PluginFolder plugin, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(plugin.Path))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
