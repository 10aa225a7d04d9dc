using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Settings;

/// <summary>
/// One named setting: kept in the journal, told to the dispatcher at once and whenever one asks. Any name may be asked for: what was never set
/// (or is the default) needs nobody to remember it, and rests.
/// </summary>
/// <typeparam name="TGet">The question.</typeparam>
/// <typeparam name="TChange">The change.</typeparam>
/// <typeparam name="TEvent">What the journal keeps of a change.</typeparam>
internal abstract class SettingActor<TGet, TChange, TEvent> : ReceivePersistentActor
    where TEvent : class
{
    private readonly IActorRef _dispatcher;

    protected SettingActor(IActorRef dispatcher, TimeProvider clock)
    {
        _dispatcher = dispatcher;
        Recover<TEvent>(Apply);
        Recover<RecoveryCompleted>(_ =>
        {
            if (!IsUnset)
            {
                _dispatcher.Tell(Setting);
            }
        });
        Command<TGet>(_ =>
        {
            Sender.Tell(Setting);
            RestIfUnset();
        });
        Command<TChange>(m =>
        {
            if (Problem(m) is { } problem)
            {
                Sender.Tell(new Reply(problem));
                RestIfUnset();
                return;
            }

            Persist(EventOf(m, clock.GetUtcNow()), OnChanged);
        });
    }

    /// <summary>What the dispatcher and whoever asks are told.</summary>
    protected abstract DispatchMessage Setting { get; }

    protected abstract bool IsUnset { get; }

    protected abstract FarmError? Problem(TChange change);

    protected abstract TEvent EventOf(TChange change, DateTimeOffset now);

    protected abstract void Apply(TEvent fact);

    private void OnChanged(TEvent fact)
    {
        Apply(fact);
        _dispatcher.Tell(Setting);
        Sender.Tell(new Reply(null));
        RestIfUnset();
    }

    private void RestIfUnset()
    {
        if (IsUnset)
        {
            Context.Parent.Tell(new Passivate(PoisonPill.Instance));
        }
    }
}
