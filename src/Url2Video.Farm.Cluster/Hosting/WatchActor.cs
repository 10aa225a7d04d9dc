using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>
/// Takes the progress of one project from the event stream to one watcher. When the project has been silent for a while it is asked
/// again: a project that ended while its journal stumbled says so to nobody of its own accord.
/// </summary>
internal sealed class WatchActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    private readonly ProjectId _project;
    private readonly IActorRef _projects;
    private readonly ProgressMailbox _mailbox;
    private readonly TimeSpan _period;
    private FarmProgress.Titled? _title;
    private bool _isSilent;

    public WatchActor(ProjectId project, IActorRef projects, ProgressMailbox mailbox, TimeSpan period)
    {
        (_project, _projects, _mailbox, _period) = (project, projects, mailbox, period);
        Receive<ProgressNote>(m => m.Progress.Project == project, m => OnProgress(m.Progress));
        Receive<ProgressNote>(_ => { });
        Receive<SummaryReply>(m => m.Summary is null, _ => mailbox.Refuse(NotFound(project)));
        Receive<SummaryReply>(_ => { });
        Receive<Again>(_ => OnAgain());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="period">How long a project may be silent before it is asked; null: five seconds.</param>
    public static Props Props(ProjectId project, IActorRef projects, ProgressMailbox mailbox, TimeSpan? period = null)
    {
        var silence = period ?? AskAgainAfter;
        return Akka.Actor.Props.Create(() => new WatchActor(project, projects, mailbox, silence));
    }

    public static FarmError NotFound(ProjectId project) =>
        new(ErrorCodes.ProjectNotFound, $"There is no project {project} in this data folder.");

    // Listening first, asking afterwards: nothing falls between.
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe<ProgressNote>(Self);
        Timers.StartPeriodicTimer(nameof(Again), Again.Instance, _period);
        Ask();
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void OnProgress(FarmProgress progress)
    {
        _isSilent = false;
        if (progress is FarmProgress.Titled title)
        {
            if (title == _title)
            {
                return; // Every answer begins with it.
            }

            _title = title;
        }

        _mailbox.Post(progress);
    }

    private void OnAgain()
    {
        if (_isSilent)
        {
            Ask();
        }

        _isSilent = true;
    }

    private void Ask()
    {
        _projects.Tell(new TellProgress(_project));
        _projects.Tell(new GetSummary(_project));
    }

    private sealed class Again : INoSerializationVerificationNeeded
    {
        public static readonly Again Instance = new();
    }
}
