using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Settings;

/// <summary>One tenant: keeps its weight, caps and pause, and tells them to the dispatcher, at once and whenever one asks.</summary>
internal sealed class TenantActor : ReceivePersistentActor
{
    private readonly string _name;
    private TenantSettings _settings = TenantSettings.Default;

    public TenantActor(string name, IActorRef dispatcher, TimeProvider clock)
    {
        _name = name;
        Recover<TenantEvent.Changed>(e => _settings = e.Settings);
        Recover<RecoveryCompleted>(_ =>
        {
            if (_settings != TenantSettings.Default)
            {
                dispatcher.Tell(Setting);
            }
        });
        Command<GetTenant>(_ =>
        {
            Sender.Tell(Setting);
            RestIfUnset();
        });
        Command<ChangeTenant>(m =>
        {
            if (SettingRules.Problem(m.Name, m.Settings) is { } problem)
            {
                Sender.Tell(new Reply(problem));
                RestIfUnset();
                return;
            }

            Persist(new TenantEvent.Changed(m.Settings, m.By, clock.GetUtcNow()), e =>
            {
                _settings = e.Settings;
                dispatcher.Tell(Setting);
                Sender.Tell(new Reply(null));
                RestIfUnset();
            });
        });
    }

    public override string PersistenceId => PersistenceIds.OfTenant(_name);

    private DispatchMessage.SetTenant Setting => new(_name, _settings);

    public static Props Props(string name, IActorRef dispatcher, TimeProvider clock) => Akka.Actor.Props.Create(() => new TenantActor(name, dispatcher, clock));

    // As with limits: the defaults need nobody to remember them.
    private void RestIfUnset()
    {
        if (_settings == TenantSettings.Default)
        {
            Context.Parent.Tell(new Passivate(PoisonPill.Instance));
        }
    }
}
