using Akka.Actor;
using Akka.TestKit.Xunit2;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Shells;

/// <summary>One watcher before a probe that stands for the projects.</summary>
public sealed class WatchActorTests : TestKit
{
    private static readonly ProjectId Project = new("prj_1");

    private readonly ProgressMailbox _mailbox = new();

    public WatchActorTests()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }")
    {
    }

    [Fact]
    public void Silence_OfTheProject_IsAskedAgain()
    {
        var projects = CreateTestProbe();
        Watch(projects, TimeSpan.FromMilliseconds(20));

        for (var i = 0; i < 3; i++)
        {
            projects.ExpectMsg<TellProgress>(m => m.To == Project, TestFarm.Patience);
            projects.ExpectMsg<GetSummary>(m => m.To == Project, TestFarm.Patience);
        }
    }

    [Fact]
    public async Task Answer_ThatNobodyKnowsTheProject_EndsTheWaiting()
    {
        var watch = Watch(CreateTestProbe(), TimeSpan.FromHours(1));

        watch.Tell(new SummaryReply(null));

        var fault = await Assert.ThrowsAsync<FarmException>(() => _mailbox.TakeAsync(CancellationToken.None).WaitAsync(TestFarm.Patience));
        Assert.Equal(ErrorCodes.ProjectNotFound, fault.Error.Code);
    }

    [Fact]
    public async Task Title_ToldAgain_IsPassedOnOnce()
    {
        var watch = Watch(CreateTestProbe(), TimeSpan.FromHours(1));
        var (title, warning) = (new FarmProgress.Titled(Project, "A film"), new FarmProgress.Warned(Project, "Mind the gap."));

        watch.Tell(new ProgressNote(title));
        watch.Tell(new ProgressNote(title));
        watch.Tell(new ProgressNote(warning));

        Assert.Equal(title, await _mailbox.TakeAsync(CancellationToken.None).WaitAsync(TestFarm.Patience));
        Assert.Equal(warning, await _mailbox.TakeAsync(CancellationToken.None).WaitAsync(TestFarm.Patience));
    }

    private IActorRef Watch(IActorRef projects, TimeSpan period) => Sys.ActorOf(WatchActor.Props(Project, projects, _mailbox, period));
}
