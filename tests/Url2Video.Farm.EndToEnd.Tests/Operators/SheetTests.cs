using System.Text.Json;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm.Verbs;

namespace Url2Video.Farm.EndToEnd.Tests.Operators;

/// <summary>What the console prints, letter by letter.</summary>
public sealed class SheetTests
{
    [Fact]
    public void ClusterShow_OfTwoServers_IsAlignedAndCounted()
    {
        var text = Shown(ClusterVerbs.Cluster.Single(v => v.Name == "show"), """
            {"data":[
              {"address":"akka.ssl.tcp://farm@10.0.0.5:7450","roles":["coordinator"],"status":"up","reachable":true,"version":"0.1.0","leader":true,"self":true},
              {"address":"akka.ssl.tcp://farm@10.0.0.16:7450","roles":["coordinator"],"status":"up","reachable":false,"version":"0.1.0","leader":false,"self":false}]}
            """);

        Assert.Equal(
            """
            ADDRESS                             ROLES          STATUS                       VERSION
            akka.ssl.tcp://farm@10.0.0.5:7450   [coordinator]  up                   leader  0.1.0
            akka.ssl.tcp://farm@10.0.0.16:7450  [coordinator]  up      unreachable          0.1.0
            Count: 2 servers

            """,
            text);
    }

    [Fact]
    public void NodeList_OfNone_IsOnlyCounted() =>
        Assert.Equal("Count: 0 nodes\n", Shown(NodeVerbs.All.Single(v => v.Name == "list"), """{"data":[]}"""));

    [Fact]
    public void ProjectList_WithAHostileTitle_StaysOnItsLine()
    {
        var text = Shown(ProjectVerbs.Project.Single(v => v.Name == "list"), """
            {"data":[{"id":"prj_1","stage":"rendering","status":"paused","band":"low","tenant":"a","chunks_done":3,"chunks_total":120,
              "submitted_at":"2026-11-22T10:00:00+00:00","title":"one\ntwo\u001b[31m"}],"next_cursor":"prj_1"}
            """);

        Assert.Equal(
            """
            PROJECT  STAGE   BAND  TENANT  CHUNKS  SUBMITTED             ERROR  TITLE
            prj_1    paused  low   a        3/120  2026-11-22 10:00:00Z         one two [31m
            Count: 1 project
            There are more: --cursor prj_1

            """,
            text);
    }

    [Fact]
    public void Replay_ThatDoesNotHold_EndsWithStatusFive()
    {
        using var answer = JsonDocument.Parse("""{"checks":[{"name":"fold","ok":true,"detail":"12 events fold"},{"name":"once","ok":false,"detail":"mix is finished more than once"}]}""");
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reporter = new PlainReporter(output, error);

        var status = ProjectVerbs.Actor.Single(v => v.Name == "replay").View.Show(answer.RootElement, reporter);

        Assert.Equal(5, (int)status);
        Assert.Contains("FAIL    once   mix is finished more than once", output.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("error ERR_RESULT_WRONG: 1 of 2 checks failed: once.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Verbs_OfAllPalettes_AreThoseOfTheManual()
    {
        var verbs = Catalog.All.ToDictionary(p => p.Name, p => p.Verbs.Select(v => v.Name).ToArray());

        Assert.Equal(["show", "status", "leader", "join", "leave", "down", "tail"], verbs["cluster"]);
        Assert.Equal(["list-regions", "region-stats", "locate"], verbs["cluster-sharding"]);
        Assert.Equal(["show", "events", "replay"], verbs["actor"]);
        Assert.Empty(new[] { "list", "show", "drain", "resume", "quarantine", "pardon", "token", "revoke", "schedule" }.Except(verbs["node"]));
        Assert.Empty(new[] { "list", "show", "pause", "resume", "cancel", "retry", "priority" }.Except(verbs["project"]));
        Assert.Equal(["list", "why", "log", "retry", "kill"], verbs["job"]);
        Assert.Equal(["list", "show", "requeue"], verbs["deadletter"]);
    }

    private static string Shown(Verb verb, string json)
    {
        using var answer = JsonDocument.Parse(json);
        using var output = new StringWriter { NewLine = "\n" };
        using var reporter = new PlainReporter(output, TextWriter.Null);
        verb.View.Show(answer.RootElement, reporter);
        return output.ToString();
    }
}
