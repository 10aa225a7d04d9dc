using System.Text.Json.Serialization;
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
/// Reads and writes generated at build time: no reflection at start, and only what is listed here exists on the wire. Computed
/// properties are left out; missing ones are refused, unknown ones are skipped: a newer farm may have more to say (decision 0010).
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(ProjectIdConverter), typeof(JobIdConverter), typeof(NodeIdConverter), typeof(ArtifactIdConverter), typeof(JobKeyConverter),
        typeof(DispatcherIdConverter), typeof(RationalConverter),
    ])]
[JsonSerializable(typeof(ProjectEvent.Submitted), TypeInfoPropertyName = "ProjectEventSubmitted")]
[JsonSerializable(typeof(ProjectEvent.TermStarted), TypeInfoPropertyName = "ProjectEventTermStarted")]
[JsonSerializable(typeof(ProjectEvent.SourceIngested), TypeInfoPropertyName = "ProjectEventSourceIngested")]
[JsonSerializable(typeof(ProjectEvent.StoryboardWritten), TypeInfoPropertyName = "ProjectEventStoryboardWritten")]
[JsonSerializable(typeof(ProjectEvent.ScenesSpoken), TypeInfoPropertyName = "ProjectEventScenesSpoken")]
[JsonSerializable(typeof(ProjectEvent.Planned), TypeInfoPropertyName = "ProjectEventPlanned")]
[JsonSerializable(typeof(ProjectEvent.ChunksFinished), TypeInfoPropertyName = "ProjectEventChunksFinished")]
[JsonSerializable(typeof(ProjectEvent.SoundMixed), TypeInfoPropertyName = "ProjectEventSoundMixed")]
[JsonSerializable(typeof(ProjectEvent.FilmAssembled), TypeInfoPropertyName = "ProjectEventFilmAssembled")]
[JsonSerializable(typeof(ProjectEvent.ChunksPublished), TypeInfoPropertyName = "ProjectEventChunksPublished")]
[JsonSerializable(typeof(ProjectEvent.PublicationCompleted), TypeInfoPropertyName = "ProjectEventPublicationCompleted")]
[JsonSerializable(typeof(ProjectEvent.AttemptFailed), TypeInfoPropertyName = "ProjectEventAttemptFailed")]
[JsonSerializable(typeof(ProjectEvent.AttemptLost), TypeInfoPropertyName = "ProjectEventAttemptLost")]
[JsonSerializable(typeof(ProjectEvent.JobDied), TypeInfoPropertyName = "ProjectEventJobDied")]
[JsonSerializable(typeof(ProjectEvent.Failed), TypeInfoPropertyName = "ProjectEventFailed")]
[JsonSerializable(typeof(ProjectEvent.Paused), TypeInfoPropertyName = "ProjectEventPaused")]
[JsonSerializable(typeof(ProjectEvent.Unpaused), TypeInfoPropertyName = "ProjectEventUnpaused")]
[JsonSerializable(typeof(ProjectEvent.Retried), TypeInfoPropertyName = "ProjectEventRetried")]
[JsonSerializable(typeof(ProjectEvent.Cancelled), TypeInfoPropertyName = "ProjectEventCancelled")]
[JsonSerializable(typeof(ProjectEvent.Completed), TypeInfoPropertyName = "ProjectEventCompleted")]
[JsonSerializable(typeof(ProjectState))]
[JsonSerializable(typeof(ProjectEvent.PrioritySet), TypeInfoPropertyName = "ProjectEventPrioritySet")]
[JsonSerializable(typeof(ProjectEvent.ResultsLost), TypeInfoPropertyName = "ProjectEventResultsLost")]
[JsonSerializable(typeof(ProjectEvent.AttemptExcused), TypeInfoPropertyName = "ProjectEventAttemptExcused")]
[JsonSerializable(typeof(ProjectEnvelope))]
[JsonSerializable(typeof(JobEnvelope))]
[JsonSerializable(typeof(GetSummary))]
[JsonSerializable(typeof(SummaryReply))]
[JsonSerializable(typeof(GetProject))]
[JsonSerializable(typeof(ProjectReply))]
[JsonSerializable(typeof(GetJobs))]
[JsonSerializable(typeof(JobsReply))]
[JsonSerializable(typeof(TellProgress))]
[JsonSerializable(typeof(ProgressNote))]
[JsonSerializable(typeof(DispatcherMoved))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(NodeMessage.Grant), TypeInfoPropertyName = "NodeMessageGrant")]
[JsonSerializable(typeof(NodeMessage.Reserve), TypeInfoPropertyName = "NodeMessageReserve")]
[JsonSerializable(typeof(NodeMessage.Ack), TypeInfoPropertyName = "NodeMessageAck")]
[JsonSerializable(typeof(NodeMessage.Cancel), TypeInfoPropertyName = "NodeMessageCancel")]
[JsonSerializable(typeof(NodeMessage.Hurry), TypeInfoPropertyName = "NodeMessageHurry")]
[JsonSerializable(typeof(NodeMessage.Drain), TypeInfoPropertyName = "NodeMessageDrain")]
[JsonSerializable(typeof(NodeMessage.TellDemand), TypeInfoPropertyName = "NodeMessageTellDemand")]
[JsonSerializable(typeof(NodeMessage.Resume), TypeInfoPropertyName = "NodeMessageResume")]
[JsonSerializable(typeof(LinkMessage.Hello), TypeInfoPropertyName = "LinkMessageHello")]
[JsonSerializable(typeof(LinkMessage.Replayed), TypeInfoPropertyName = "LinkMessageReplayed")]
[JsonSerializable(typeof(LinkMessage.Remeasured), TypeInfoPropertyName = "LinkMessageRemeasured")]
[JsonSerializable(typeof(LinkMessage.Goodbye), TypeInfoPropertyName = "LinkMessageGoodbye")]
[JsonSerializable(typeof(LinkMessage.Welcome), TypeInfoPropertyName = "LinkMessageWelcome")]
[JsonSerializable(typeof(LinkMessage.Settings), TypeInfoPropertyName = "LinkMessageSettings")]
[JsonSerializable(typeof(LinkMessage.Beat), TypeInfoPropertyName = "LinkMessageBeat")]
[JsonSerializable(typeof(LinkMessage.Refused), TypeInfoPropertyName = "LinkMessageRefused")]
[JsonSerializable(typeof(DispatchMessage.Offer), TypeInfoPropertyName = "DispatchMessageOffer")]
[JsonSerializable(typeof(DispatchMessage.Withdraw), TypeInfoPropertyName = "DispatchMessageWithdraw")]
[JsonSerializable(typeof(DispatchMessage.Taken), TypeInfoPropertyName = "DispatchMessageTaken")]
[JsonSerializable(typeof(DispatchMessage.Released), TypeInfoPropertyName = "DispatchMessageReleased")]
[JsonSerializable(typeof(DispatchMessage.Demand), TypeInfoPropertyName = "DispatchMessageDemand")]
[JsonSerializable(typeof(DispatchMessage.Ended), TypeInfoPropertyName = "DispatchMessageEnded")]
[JsonSerializable(typeof(DispatchMessage.SetLimit), TypeInfoPropertyName = "DispatchMessageSetLimit")]
[JsonSerializable(typeof(DispatchMessage.SetTenant), TypeInfoPropertyName = "DispatchMessageSetTenant")]
[JsonSerializable(typeof(DispatchMessage.Quarantine), TypeInfoPropertyName = "DispatchMessageQuarantine")]
[JsonSerializable(typeof(DispatchMessage.Pardon), TypeInfoPropertyName = "DispatchMessagePardon")]
[JsonSerializable(typeof(DispatchMessage.Drain), TypeInfoPropertyName = "DispatchMessageDrain")]
[JsonSerializable(typeof(DispatchMessage.Resume), TypeInfoPropertyName = "DispatchMessageResume")]
[JsonSerializable(typeof(LimitEvent.Changed), TypeInfoPropertyName = "LimitEventChanged")]
[JsonSerializable(typeof(TenantEvent.Changed), TypeInfoPropertyName = "TenantEventChanged")]
[JsonSerializable(typeof(ChangeLimit))]
[JsonSerializable(typeof(GetLimit))]
[JsonSerializable(typeof(ChangeTenant))]
[JsonSerializable(typeof(GetTenant))]
[JsonSerializable(typeof(ExplainJob))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(GetQueue))]
[JsonSerializable(typeof(QueueReport))]
[JsonSerializable(typeof(WebhookEvent.Wanted), TypeInfoPropertyName = "WebhookEventWanted")]
[JsonSerializable(typeof(WebhookEvent.Tried), TypeInfoPropertyName = "WebhookEventTried")]
[JsonSerializable(typeof(TellWebhook))]
[JsonSerializable(typeof(WebhookTaken))]
[JsonSerializable(typeof(GetDeliveries))]
[JsonSerializable(typeof(DeliveriesReply))]
[JsonSerializable(typeof(SourceSpec))]
[JsonSerializable(typeof(JobWork))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(FarmProgress))]
[JsonSerializable(typeof(ProjectMessage))]
[JsonSerializable(typeof(JobMessage))]
[JsonSerializable(typeof(SourceSpec.WebPage), TypeInfoPropertyName = "SourceSpecWebPage")]
[JsonSerializable(typeof(SourceSpec.PageBundle), TypeInfoPropertyName = "SourceSpecPageBundle")]
[JsonSerializable(typeof(SourceSpec.PlainText), TypeInfoPropertyName = "SourceSpecPlainText")]
[JsonSerializable(typeof(SourceSpec.StoryboardBundle), TypeInfoPropertyName = "SourceSpecStoryboardBundle")]
[JsonSerializable(typeof(JobWork.Ingest), TypeInfoPropertyName = "JobWorkIngest")]
[JsonSerializable(typeof(JobWork.Write), TypeInfoPropertyName = "JobWorkWrite")]
[JsonSerializable(typeof(JobWork.Speak), TypeInfoPropertyName = "JobWorkSpeak")]
[JsonSerializable(typeof(JobWork.Render), TypeInfoPropertyName = "JobWorkRender")]
[JsonSerializable(typeof(JobWork.Mix), TypeInfoPropertyName = "JobWorkMix")]
[JsonSerializable(typeof(JobWork.Assemble), TypeInfoPropertyName = "JobWorkAssemble")]
[JsonSerializable(typeof(JobResult.Ingested), TypeInfoPropertyName = "JobResultIngested")]
[JsonSerializable(typeof(JobResult.Written), TypeInfoPropertyName = "JobResultWritten")]
[JsonSerializable(typeof(JobResult.Spoken), TypeInfoPropertyName = "JobResultSpoken")]
[JsonSerializable(typeof(JobResult.Rendered), TypeInfoPropertyName = "JobResultRendered")]
[JsonSerializable(typeof(JobResult.Mixed), TypeInfoPropertyName = "JobResultMixed")]
[JsonSerializable(typeof(JobResult.Assembled), TypeInfoPropertyName = "JobResultAssembled")]
[JsonSerializable(typeof(FarmProgress.Work), TypeInfoPropertyName = "FarmProgressWork")]
[JsonSerializable(typeof(FarmProgress.Titled), TypeInfoPropertyName = "FarmProgressTitled")]
[JsonSerializable(typeof(FarmProgress.Warned), TypeInfoPropertyName = "FarmProgressWarned")]
[JsonSerializable(typeof(FarmProgress.Retrying), TypeInfoPropertyName = "FarmProgressRetrying")]
[JsonSerializable(typeof(FarmProgress.Finished), TypeInfoPropertyName = "FarmProgressFinished")]
[JsonSerializable(typeof(ProjectMessage.Submit), TypeInfoPropertyName = "ProjectMessageSubmit")]
[JsonSerializable(typeof(ProjectMessage.Pause), TypeInfoPropertyName = "ProjectMessagePause")]
[JsonSerializable(typeof(ProjectMessage.Unpause), TypeInfoPropertyName = "ProjectMessageUnpause")]
[JsonSerializable(typeof(ProjectMessage.Cancel), TypeInfoPropertyName = "ProjectMessageCancel")]
[JsonSerializable(typeof(ProjectMessage.Retry), TypeInfoPropertyName = "ProjectMessageRetry")]
[JsonSerializable(typeof(ProjectMessage.SetPriority), TypeInfoPropertyName = "ProjectMessageSetPriority")]
[JsonSerializable(typeof(ProjectMessage.RetryJob), TypeInfoPropertyName = "ProjectMessageRetryJob")]
[JsonSerializable(typeof(ProjectMessage.KillJob), TypeInfoPropertyName = "ProjectMessageKillJob")]
[JsonSerializable(typeof(JobMessage.Assign), TypeInfoPropertyName = "JobMessageAssign")]
[JsonSerializable(typeof(JobMessage.Preempt), TypeInfoPropertyName = "JobMessagePreempt")]
[JsonSerializable(typeof(JobMessage.Accepted), TypeInfoPropertyName = "JobMessageAccepted")]
[JsonSerializable(typeof(JobMessage.Refused), TypeInfoPropertyName = "JobMessageRefused")]
[JsonSerializable(typeof(JobMessage.Held), TypeInfoPropertyName = "JobMessageHeld")]
[JsonSerializable(typeof(JobMessage.Finished), TypeInfoPropertyName = "JobMessageFinished")]
[JsonSerializable(typeof(JobMessage.Failed), TypeInfoPropertyName = "JobMessageFailed")]
[JsonSerializable(typeof(JobMessage.Reserve), TypeInfoPropertyName = "JobMessageReserve")]
[JsonSerializable(typeof(JobMessage.Unreserve), TypeInfoPropertyName = "JobMessageUnreserve")]
internal sealed partial class FarmJsonContext : JsonSerializerContext;
