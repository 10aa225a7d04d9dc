using System.Diagnostics;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Url2Video.Farm.EndToEnd.Tests.Deployment;

public sealed class ComposeTests
{
    private static readonly YamlMappingNode File = Manifests.Documents(Path.Combine(Manifests.Root, "docker", "compose.yaml")).Single();

    public static TheoryData<string> Ours() => ["server-1", "server-2", "node-1", "node-2"];

    [Theory]
    [MemberData(nameof(Ours))]
    public void Service_IsConfinedAndBounded(string name)
    {
        var service = Service(name);

        Assert.Equal("true", Text(service, "read_only"));
        Assert.Equal(["ALL"], Words(service, "cap_drop"));
        Assert.Contains("no-new-privileges:true", Words(service, "security_opt"));
        Assert.All(new[] { "mem_limit", "cpus", "pids_limit", "stop_grace_period" }, bound => Assert.NotNull(Text(service, bound)));
        Assert.Null(Text(service, "privileged"));
    }

    [Fact]
    public void Nodes_CannotReachTheDatabase()
    {
        Assert.Equal(["store"], Words(Service("postgres"), "networks"));
        Assert.All(new[] { "node-1", "node-2" }, node => Assert.DoesNotContain("store", Words(Service(node), "networks")));
        Assert.All(new[] { "node-1", "node-2" }, node => Assert.Empty(Words(Service(node), "secrets")));
    }

    [Fact]
    public void Database_KeepsWhatItAcknowledges()
    {
        var command = string.Join(' ', Words(Service("postgres"), "command"));

        Assert.Contains("fsync=on", command, StringComparison.Ordinal);
        Assert.Contains("synchronous_commit=on", command, StringComparison.Ordinal);
    }

    [RequiresPromtool]
    public async Task AlertRules_DoWhatTheirTestsSay()
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["test", "rules", "alerts.test.yml"])
        {
            WorkingDirectory = Path.Combine(Manifests.Root, "docker", "observability"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.True(promtool.ExitCode == 0, said);
    }

    [Fact]
    public void Dashboard_AndAlerts_AskForFiguresThatTheFarmTells()
    {
        var folder = Path.Combine(Manifests.Root, "docker", "observability");
        var meters = System.IO.File.ReadAllText(Path.Combine(Manifests.Root, "src/Url2Video.Farm.Cluster/Telemetry/FarmMeters.cs"));
        var dashboard = System.IO.File.ReadAllText(Path.Combine(folder, "dashboard.json"));
        using var parsed = JsonDocument.Parse(dashboard);

        var asked = System.Text.RegularExpressions.Regex.Matches(dashboard + System.IO.File.ReadAllText(Path.Combine(folder, "alerts.yml")), "farm_[a-z_]+").Select(m => m.Value).Distinct();

        Assert.NotEmpty(parsed.RootElement.GetProperty("panels").EnumerateArray());
        Assert.All(asked, name => Assert.Contains(name.Replace("_bucket", "", StringComparison.Ordinal), meters, StringComparison.Ordinal));
    }

    // YamlDotNet keeps merge keys (<<) as they stand: what a service takes from its anchors is looked up there.
    private static YamlMappingNode Service(string name) => File.Map("services")!.Map(name)!;

    private static YamlNode? Find(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found
        : node.Children.TryGetValue(new YamlScalarNode("<<"), out var merged) && merged is YamlMappingNode from ? Find(from, key)
        : null;

    private static string? Text(YamlMappingNode node, string key) => (Find(node, key) as YamlScalarNode)?.Value;

    private static IReadOnlyList<string> Words(YamlMappingNode node, string key) =>
        Find(node, key) is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(w => w.Value!)] : [];
}

/// <summary>Skipped, visibly, where promtool is not installed.</summary>
internal sealed class RequiresPromtoolAttribute : FactAttribute
{
    public RequiresPromtoolAttribute() => Skip = System.IO.File.Exists("/usr/bin/promtool") ? null : "promtool is not installed (apt-get install prometheus).";
}
