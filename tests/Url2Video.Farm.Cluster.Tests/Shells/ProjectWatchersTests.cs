using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Tests.Shells;

public sealed class ProjectWatchersTests : TestKit
{
    private static readonly FarmProgress News = new FarmProgress.Warned(new ProjectId("prj_1"), "Mind the gap.");

    private readonly FakeTimeProvider _clock = new();
    private readonly ProjectWatchers _watchers;

    public ProjectWatchersTests()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }") => _watchers = new(_clock);

    [Fact]
    public void TellAll_ToTwoWatchers_TellsEachOnce()
    {
        TestProbe[] probes = [CreateTestProbe(), CreateTestProbe()];
        Array.ForEach(probes, p => _watchers.Renew(p.Ref));
        _watchers.Renew(probes[0].Ref);

        _watchers.TellAll(News);

        Array.ForEach(probes, p => p.ExpectMsg(new ProgressNote(News)));
        Array.ForEach(probes, p => p.ExpectNoMsg(TimeSpan.Zero));
    }

    [Fact]
    public void TellAll_ToOneThatDidNotAskAgain_TellsItNoMore()
    {
        var (renews, silent) = (CreateTestProbe(), CreateTestProbe());
        _watchers.Renew(renews.Ref);
        _watchers.Renew(silent.Ref);
        _clock.Advance(TimeSpan.FromSeconds(Limits.WatchSecondsMax - 1));
        _watchers.Renew(renews.Ref);
        _clock.Advance(TimeSpan.FromSeconds(2));

        _watchers.TellAll(News);

        renews.ExpectMsg(new ProgressNote(News));
        silent.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(1, _watchers.Count);
    }

    [Fact]
    public void Renew_BeyondTheBound_ForgetsWhoAskedLongestAgo()
    {
        var oldest = CreateTestProbe();
        _watchers.Renew(oldest.Ref);
        for (var i = 0; i < Limits.WatchersPerProjectMax; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _watchers.Renew(Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props));
        }

        _watchers.TellAll(News);

        Assert.Equal(Limits.WatchersPerProjectMax, _watchers.Count);
        oldest.ExpectNoMsg(TimeSpan.Zero);
    }
}
