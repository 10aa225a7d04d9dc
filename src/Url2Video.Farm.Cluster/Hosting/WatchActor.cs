using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Takes the progress of one project from the event stream to one watcher.</summary>
internal sealed class WatchActor : ReceiveActor
{
    private readonly ProjectId _project;
    private readonly IActorRef _projects;

    public WatchActor(ProjectId project, IActorRef projects, ProgressMailbox mailbox)
    {
        (_project, _projects) = (project, projects);
        Receive<ProgressNote>(m => m.Progress.Project == project, m => mailbox.Post(m.Progress));
        Receive<ProgressNote>(_ => { });
    }

    public static Props Props(ProjectId project, IActorRef projects, ProgressMailbox mailbox) =>
        Akka.Actor.Props.Create(() => new WatchActor(project, projects, mailbox));

    // Listening first, asking afterwards: nothing falls between.
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe<ProgressNote>(Self);
        _projects.Tell(new TellProgress(_project));
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
}
