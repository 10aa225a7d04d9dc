using System.Collections.Frozen;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Settings;
using Url2Video.Farm.Cluster.Webhooks;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Settings;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>
/// The stable word of every type that is stored or sent: the manifest of a message, the discriminator of a union. Words outlive
/// type names. A word never changes its meaning; a changed record gets a new word, and the old one stays readable for ever if it
/// is in a journal.
/// </summary>
internal static class WireNames
{
    /// <summary>What may stand alone, with a manifest.</summary>
    public static readonly FrozenDictionary<Type, string> Messages = new Dictionary<Type, string>
    {
        [typeof(ProjectEvent.Submitted)] = "u2v.project.submitted.v1",
        [typeof(ProjectEvent.TermStarted)] = "u2v.project.term-started.v1",
        [typeof(ProjectEvent.SourceIngested)] = "u2v.project.source-ingested.v1",
        [typeof(ProjectEvent.StoryboardWritten)] = "u2v.project.storyboard-written.v1",
        [typeof(ProjectEvent.ScenesSpoken)] = "u2v.project.scenes-spoken.v1",
        [typeof(ProjectEvent.Planned)] = "u2v.project.planned.v1",
        [typeof(ProjectEvent.ChunksFinished)] = "u2v.project.chunks-finished.v1",
        [typeof(ProjectEvent.SoundMixed)] = "u2v.project.sound-mixed.v1",
        [typeof(ProjectEvent.FilmAssembled)] = "u2v.project.film-assembled.v1",
        [typeof(ProjectEvent.ChunksPublished)] = "u2v.project.chunks-published.v1",
        [typeof(ProjectEvent.PublicationCompleted)] = "u2v.project.publication-completed.v1",
        [typeof(ProjectEvent.AttemptFailed)] = "u2v.project.attempt-failed.v1",
        [typeof(ProjectEvent.AttemptLost)] = "u2v.project.attempt-lost.v1",
        [typeof(ProjectEvent.JobDied)] = "u2v.project.job-died.v1",
        [typeof(ProjectEvent.Failed)] = "u2v.project.failed.v1",
        [typeof(ProjectEvent.Paused)] = "u2v.project.paused.v1",
        [typeof(ProjectEvent.Unpaused)] = "u2v.project.unpaused.v1",
        [typeof(ProjectEvent.Retried)] = "u2v.project.retried.v1",
        [typeof(ProjectEvent.Cancelled)] = "u2v.project.cancelled.v1",
        [typeof(ProjectEvent.Completed)] = "u2v.project.completed.v1",
        [typeof(ProjectEvent.PrioritySet)] = "u2v.project.priority-set.v1",
        [typeof(ProjectEvent.ResultsLost)] = "u2v.project.results-lost.v1",
        [typeof(ProjectEvent.AttemptExcused)] = "u2v.project.attempt-excused.v1",

        [typeof(ProjectEnvelope)] = "u2v.to-project.v1",
        [typeof(JobEnvelope)] = "u2v.to-job.v1",
        [typeof(GetSummary)] = "u2v.get-summary.v1",
        [typeof(SummaryReply)] = "u2v.summary.v1",
        [typeof(GetProject)] = "u2v.get-project.v1",
        [typeof(ProjectReply)] = "u2v.project-detail.v1",
        [typeof(GetJobs)] = "u2v.get-jobs.v1",
        [typeof(JobsReply)] = "u2v.jobs.v1",
        [typeof(TellProgress)] = "u2v.tell-progress.v1",
        [typeof(ProgressNote)] = "u2v.progress.v1",
        [typeof(DispatcherMoved)] = "u2v.dispatcher-moved.v1",
        [typeof(Reply)] = "u2v.reply.v1",

        [typeof(NodeMessage.Grant)] = "u2v.node.grant.v1",
        [typeof(NodeMessage.Reserve)] = "u2v.node.reserve.v1",
        [typeof(NodeMessage.Ack)] = "u2v.node.ack.v1",
        [typeof(NodeMessage.Cancel)] = "u2v.node.cancel.v1",
        [typeof(NodeMessage.Hurry)] = "u2v.node.hurry.v1",
        [typeof(NodeMessage.Drain)] = "u2v.node.drain.v1",
        [typeof(NodeMessage.TellDemand)] = "u2v.node.tell-demand.v1",

        [typeof(NodeMessage.Resume)] = "u2v.node.resume.v1",

        [typeof(LinkMessage.Hello)] = "u2v.link.hello.v1",
        [typeof(LinkMessage.Replayed)] = "u2v.link.replayed.v1",
        [typeof(LinkMessage.Remeasured)] = "u2v.link.remeasured.v1",
        [typeof(LinkMessage.Goodbye)] = "u2v.link.goodbye.v1",
        [typeof(LinkMessage.Welcome)] = "u2v.link.welcome.v1",
        [typeof(LinkMessage.Settings)] = "u2v.link.settings.v1",
        [typeof(LinkMessage.Beat)] = "u2v.link.beat.v1",
        [typeof(LinkMessage.Refused)] = "u2v.link.refused.v1",

        [typeof(DispatchMessage.Offer)] = "u2v.dispatch.offer.v1",
        [typeof(DispatchMessage.Withdraw)] = "u2v.dispatch.withdraw.v1",
        [typeof(DispatchMessage.Taken)] = "u2v.dispatch.taken.v1",
        [typeof(DispatchMessage.Released)] = "u2v.dispatch.released.v1",
        [typeof(DispatchMessage.Demand)] = "u2v.dispatch.demand.v1",
        [typeof(DispatchMessage.Ended)] = "u2v.dispatch.ended.v1",
        [typeof(DispatchMessage.SetLimit)] = "u2v.dispatch.set-limit.v1",
        [typeof(DispatchMessage.SetTenant)] = "u2v.dispatch.set-tenant.v1",
        [typeof(DispatchMessage.Quarantine)] = "u2v.dispatch.quarantine.v1",
        [typeof(DispatchMessage.Pardon)] = "u2v.dispatch.pardon.v1",
        [typeof(DispatchMessage.Drain)] = "u2v.dispatch.drain.v1",
        [typeof(DispatchMessage.Resume)] = "u2v.dispatch.resume.v1",

        [typeof(LimitEvent.Changed)] = "u2v.limit.changed.v1",
        [typeof(TenantEvent.Changed)] = "u2v.tenant.changed.v1",
        [typeof(ChangeLimit)] = "u2v.change-limit.v1",
        [typeof(GetLimit)] = "u2v.get-limit.v1",
        [typeof(ChangeTenant)] = "u2v.change-tenant.v1",
        [typeof(GetTenant)] = "u2v.get-tenant.v1",
        [typeof(ExplainJob)] = "u2v.explain-job.v1",
        [typeof(Explanation)] = "u2v.explanation.v1",
        [typeof(GetQueue)] = "u2v.get-queue.v1",
        [typeof(QueueReport)] = "u2v.queue.v1",

        [typeof(WebhookEvent.Wanted)] = "u2v.webhook.wanted.v1",
        [typeof(WebhookEvent.Tried)] = "u2v.webhook.tried.v1",
        [typeof(TellWebhook)] = "u2v.tell-webhook.v1",
        [typeof(WebhookTaken)] = "u2v.webhook-taken.v1",
        [typeof(GetDeliveries)] = "u2v.get-deliveries.v1",
        [typeof(DeliveriesReply)] = "u2v.deliveries.v1",
    }.ToFrozenDictionary();

    /// <summary>The unions inside messages: base type, then its cases by word.</summary>
    public static readonly FrozenDictionary<Type, UnionCases> Unions = new Dictionary<Type, UnionCases>
    {
        [typeof(SourceSpec)] = new(
            (typeof(SourceSpec.WebPage), "web-page"),
            (typeof(SourceSpec.PageBundle), "page-bundle"),
            (typeof(SourceSpec.PlainText), "plain-text"),
            (typeof(SourceSpec.StoryboardBundle), "storyboard-bundle")),
        [typeof(JobWork)] = new(
            (typeof(JobWork.Ingest), "ingest"),
            (typeof(JobWork.Write), "write"),
            (typeof(JobWork.Speak), "speak"),
            (typeof(JobWork.Render), "render"),
            (typeof(JobWork.Mix), "mix"),
            (typeof(JobWork.Assemble), "assemble")),
        [typeof(JobResult)] = new(
            (typeof(JobResult.Ingested), "ingested"),
            (typeof(JobResult.Written), "written"),
            (typeof(JobResult.Spoken), "spoken"),
            (typeof(JobResult.Rendered), "rendered"),
            (typeof(JobResult.Mixed), "mixed"),
            (typeof(JobResult.Assembled), "assembled")),

        [typeof(FarmProgress)] = new(
            (typeof(FarmProgress.Work), "work"),
            (typeof(FarmProgress.Titled), "titled"),
            (typeof(FarmProgress.Warned), "warned"),
            (typeof(FarmProgress.Retrying), "retrying"),
            (typeof(FarmProgress.Finished), "finished")),

        // What travels in a ProjectEnvelope: commands of clients. The others of the set stay inside one process.
        [typeof(ProjectMessage)] = new(
            (typeof(ProjectMessage.Submit), "submit"),
            (typeof(ProjectMessage.Pause), "pause"),
            (typeof(ProjectMessage.Unpause), "unpause"),
            (typeof(ProjectMessage.Cancel), "cancel"),
            (typeof(ProjectMessage.Retry), "retry"),
            (typeof(ProjectMessage.SetPriority), "set-priority"),
            (typeof(ProjectMessage.RetryJob), "retry-job"),
            (typeof(ProjectMessage.KillJob), "kill-job")),

        // What travels in a JobEnvelope: reports of nodes and assignments of dispatchers.
        [typeof(JobMessage)] = new(
            (typeof(JobMessage.Assign), "assign"),
            (typeof(JobMessage.Preempt), "preempt"),
            (typeof(JobMessage.Accepted), "accepted"),
            (typeof(JobMessage.Refused), "refused"),
            (typeof(JobMessage.Held), "held"),
            (typeof(JobMessage.Finished), "finished"),
            (typeof(JobMessage.Failed), "failed"),
            (typeof(JobMessage.Reserve), "reserve"),
            (typeof(JobMessage.Unreserve), "unreserve")),
    }.ToFrozenDictionary();
}

/// <summary>The cases of one union, in the order they were added.</summary>
internal sealed class UnionCases(params (Type Type, string Word)[] cases)
{
    public IReadOnlyList<(Type Type, string Word)> All { get; } = cases;
}
