using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Membership;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Tests.Servers;

public sealed class JoiningTests
{
    private const long Now = 1_795_358_904_125;
    private const long Silent = Limits.ServerSeenSecondsMax * 1_000L;

    [Fact]
    public void Decide_OnNoRows_Founds() => Assert.IsType<JoinDecision.Found>(Joining.Start.Decide(Rows(Now)).Decision);

    [Fact]
    public void Decide_OnLiveRows_JoinsTheOldestFirst()
    {
        var rows = Rows(Now, Row("b", started: 2, seen: Now), Row("a", started: 1, seen: Now - 900), Row("dead", started: 0, seen: Now - Silent));

        Assert.Equal(["a", "b"], Assert.IsType<JoinDecision.Join>(Joining.Start.Decide(rows).Decision).Seeds.AsEnumerable());
    }

    [Fact]
    public void Decide_OnManyLiveRows_AsksAFew()
    {
        var rows = Rows(Now, [.. Enumerable.Range(0, 50).Select(i => Row($"s{i}", i, Now))]);

        Assert.Equal(5, Assert.IsType<JoinDecision.Join>(Joining.Start.Decide(rows).Decision).Seeds.Length);
    }

    [Fact]
    public void Decide_OnOldRowsOnly_FoundsOnlyAfterTheyHaveNotMovedWhileItLooked()
    {
        var row = Row("a", 1, Now - 3_600_000);

        var (first, looking) = Joining.Start.Decide(Rows(Now, row));
        var (early, still) = looking.Decide(Rows(Now + Silent - 1, row));
        var (last, _) = still.Decide(Rows(Now + Silent, row));

        Assert.IsType<JoinDecision.Wait>(first);
        Assert.IsType<JoinDecision.Wait>(early);
        Assert.IsType<JoinDecision.Found>(last);
    }

    [Fact]
    public void Decide_WhenTheDatabaseWasAwayAndItsServersComeBack_JoinsThem()
    {
        var (first, looking) = Joining.Start.Decide(Rows(Now, Row("a", 1, Now - 60_000)));

        var (then, _) = looking.Decide(Rows(Now + Silent, Row("a", 1, Now + Silent - 500)));

        Assert.IsType<JoinDecision.Wait>(first);
        Assert.Equal(["a"], Assert.IsType<JoinDecision.Join>(then).Seeds.AsEnumerable());
    }

    [Fact]
    public void Decide_WhenOneMovedAndFellSilentAgain_StartsLookingAnew()
    {
        var (_, looking) = Joining.Start.Decide(Rows(Now, Row("a", 1, Now - 60_000)));

        var (decision, _) = looking.Decide(Rows(Now + (2 * Silent), Row("a", 1, Now + Silent - 1)));

        Assert.IsType<JoinDecision.Wait>(decision);
    }

    [Theory]
    [InlineData("akka.ssl.tcp://farm@10.0.0.1:4053", 1_756_173_950)]
    [InlineData("akka.ssl.tcp://farm@[::1]:4053", -7)]
    public void Id_OfARow_SplitsIntoItsParts(string address, int uid) =>
        Assert.Equal((address, uid), ServerRow.Split(ServerRow.IdOf(address, uid)));

    private static ServerRow Row(string address, long started, long seen) => new(address, 1, "https://farm.test/", "1.2.3", started, seen);

    private static ServerRows Rows(long now, params ImmutableArray<ServerRow> rows) => new(rows, now);
}
