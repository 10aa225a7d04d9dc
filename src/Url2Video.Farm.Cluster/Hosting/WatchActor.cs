using Akka.Actor;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>
/// Takes the progress of one project, wherever it lives, to one watcher. It asks again all the time: that keeps it known to the project,
/// finds a project that has moved to another server, and hears of one that ended while its journal stumbled.
/// </summary>
internal sealed class WatchActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(Limits.WatchRenewMillis);

    private readonly ProjectId _project;
    private readonly IActorRef _projects;
    private readonly ProgressMailbox _mailbox;
    private readonly TimeSpan _period;
    private FarmProgress.Titled? _title;

    public WatchActor(ProjectId project, IActorRef projects, ProgressMailbox mailbox, TimeSpan period)
    {
        (_project, _projects, _mailbox, _period) = (project, projects, mailbox, period);
        Receive<ProgressNote>(m => m.Progress.Project == project, m => OnProgress(m.Progress));
        Receive<ProgressNote>(_ => { });
        Receive<SummaryReply>(m => m.Summary is null, _ => mailbox.Refuse(NotFound(project)));
        Receive<SummaryReply>(_ => { });
        Receive<Again>(_ => Ask());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="period">How often the project is asked; null: <see cref="Limits.WatchRenewMillis"/>.</param>
    public static Props Props(ProjectId project, IActorRef projects, ProgressMailbox mailbox, TimeSpan? period = null)
    {
        var silence = period ?? AskAgainAfter;
        return Akka.Actor.Props.Create(() => new WatchActor(project, projects, mailbox, silence));
    }

    public static FarmError NotFound(ProjectId project) =>
        new(ErrorCodes.ProjectNotFound, $"There is no project {project} in this data folder.");

    public static FarmError Ended { get; } =
        new(ErrorCodes.ServerUnreachable, "This server has left the farm.", "Ask another server; the project goes on there.", Retryable: true);

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Again), Again.Instance, _period);
        Ask();
    }

    // The last chance to tell a reader who would wait for ever.
    protected override void PostStop() => _mailbox.Refuse(Ended);

    private void OnProgress(FarmProgress progress)
    {
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
