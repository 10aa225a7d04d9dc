using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Webhooks;

/// <summary>
/// The calls of one project: the shell of <see cref="WebhookLogic"/>. Remembered by its shard while anything is to be tried, so that
/// another server goes on with the schedule when this one dies. One call at a time.
/// </summary>
internal sealed class WebhookActor : ReceivePersistentActor, IWithTimers
{
    private const string Shards = "webhook";
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleBeforePassivation = TimeSpan.FromSeconds(2);

    private readonly ProjectId _project;
    private readonly WebhookParts _parts;
    private readonly CancellationToken _stopped;
    private readonly Action _stop;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private WebhookState _state = WebhookState.Empty;
    private bool _isCalling;
    private bool _isResting;

    public WebhookActor(ProjectId project, WebhookParts parts)
    {
        var stop = new CancellationTokenSource();
        (_project, _parts, _stopped, _stop) = (project, parts, stop.Token, stop.Cancel);
        Recover<WebhookEvent>(e => _state = WebhookLogic.Apply(_state, e));
        Recover<RecoveryCompleted>(_ => Go());
        Command<TellWebhook>(OnTell);
        Command<GetDeliveries>(_ =>
        {
            Sender.Tell(new DeliveriesReply(_state.Deliveries));
            Go();
        });
        Command<Due>(_ => Go());
        Command<Answered>(OnAnswered);
        Command<Status.Failure>(OnFailure);
        Command<ReceiveTimeout>(_ => Context.Parent.Tell(new Passivate(Rest.Instance)));

        // Not a poison pill: that would overtake what is being written.
        Command<Rest>(_ =>
        {
            _isResting = true;
            Go();
        });
    }

    public override string PersistenceId => PersistenceIds.OfWebhooks(_project);

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Starts this server's part of the shards.</summary>
    public static IActorRef Start(ActorSystem system, int shards, WebhookParts parts) => ClusterSharding.Get(system).Start(
        Shards,
        id => Akka.Actor.Props.Create(() => new WebhookActor(new ProjectId(id), parts)),
        ClusterShardingSettings.Create(system),
        new ProjectRouting(shards));

    protected override void PostStop()
    {
        _stop();
        base.PostStop();
    }

    private void OnTell(TellWebhook tell)
    {
        var from = Sender;
        if (WebhookLogic.Want(_state, tell.Call, _parts.Clock.GetUtcNow()) is not { } wanted)
        {
            from.Tell(new WebhookTaken(tell.Call.Id));
            Go();
            return;
        }

        Persist(wanted, e =>
        {
            _state = WebhookLogic.Apply(_state, e);
            from.Tell(new WebhookTaken(tell.Call.Id));
            Go();
        });
    }

    private void Go()
    {
        if (_isCalling)
        {
            return;
        }

        Context.SetReceiveTimeout(null);
        var now = _parts.Clock.GetUtcNow();
        switch (WebhookLogic.Next(_state))
        {
            case null when _isResting:
                Context.Stop(Self);
                break;
            case null:
                Context.SetReceiveTimeout(IdleBeforePassivation); // All is told: nobody needs to remember it.
                break;
            case { NextAt: var at } when at > now:
                Timers.StartSingleTimer(nameof(Due), Due.Instance, at.Value - now);
                break;
            case { Call: var call }:
                _isCalling = true;
                MakeAsync(call).PipeTo(Self);
                break;
        }
    }

    private async Task<Answered> MakeAsync(WebhookCall call) =>
        new(call.Id, await _parts.MakeAsync(call, _stopped).ConfigureAwait(false));

    private void OnAnswered(Answered m)
    {
        _isCalling = false;
        if (WebhookLogic.Answered(_state, m.Id, m.Answer, _parts.Clock.GetUtcNow(), _parts.Jitter()) is not { } tried)
        {
            Go();
            return;
        }

        Persist(tried, e =>
        {
            _state = WebhookLogic.Apply(_state, e);
            _log.Info("Webhook {0}: {1} in {2} ms.", m.Id, m.Answer.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? m.Answer.Error, m.Answer.Millis);
            Go();
        });
    }

    // The call was not made, so it does not count as a try.
    private void OnFailure(Status.Failure failure)
    {
        _isCalling = false;
        _log.Warning("A webhook of {0} cannot be signed now: {1}", _project, failure.Cause.GetBaseException().Message);
        Timers.StartSingleTimer(nameof(Due), Due.Instance, AgainAfter);
    }

    private sealed record Answered(string Id, WebhookAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed class Rest : INoSerializationVerificationNeeded
    {
        public static readonly Rest Instance = new();
    }

    private sealed class Due : INoSerializationVerificationNeeded
    {
        public static readonly Due Instance = new();
    }
}
