using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Settings;

/// <summary>One named limit: keeps its maximum and tells it to the dispatcher, at once and whenever one asks.</summary>
internal sealed class LimitActor : ReceivePersistentActor
{
    private readonly string _name;
    private int? _max;

    public LimitActor(string name, IActorRef dispatcher, TimeProvider clock)
    {
        _name = name;
        Recover<LimitEvent.Changed>(e => _max = e.Max);
        Recover<RecoveryCompleted>(_ =>
        {
            if (_max is not null)
            {
                dispatcher.Tell(Setting);
            }
        });
        Command<GetLimit>(_ =>
        {
            Sender.Tell(Setting);
            RestIfUnset();
        });
        Command<ChangeLimit>(m =>
        {
            if (SettingRules.Problem(m.Name, m.Max) is { } problem)
            {
                Sender.Tell(new Reply(problem));
                RestIfUnset();
                return;
            }

            Persist(new LimitEvent.Changed(m.Max, m.By, clock.GetUtcNow()), e =>
            {
                _max = e.Max;
                dispatcher.Tell(Setting);
                Sender.Tell(new Reply(null));
                RestIfUnset();
            });
        });
    }

    public override string PersistenceId => PersistenceIds.OfLimit(_name);

    private DispatchMessage.SetLimit Setting => new(_name, _max);

    public static Props Props(string name, IActorRef dispatcher, TimeProvider clock) => Akka.Actor.Props.Create(() => new LimitActor(name, dispatcher, clock));

    // Any name may be asked for: what was never set is not remembered.
    private void RestIfUnset()
    {
        if (_max is null)
        {
            Context.Parent.Tell(new Passivate(PoisonPill.Instance));
        }
    }
}
