using Akka.Actor;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Settings;

/// <summary>One tenant: its weight, caps and pause.</summary>
internal sealed class TenantActor(string name, IActorRef dispatcher, TimeProvider clock)
    : SettingActor<GetTenant, ChangeTenant, TenantEvent.Changed>(dispatcher, clock)
{
    private TenantSettings _settings = TenantSettings.Default;

    public override string PersistenceId => PersistenceIds.OfTenant(name);

    protected override DispatchMessage Setting => new DispatchMessage.SetTenant(name, _settings);

    protected override bool IsUnset => _settings == TenantSettings.Default;

    public static Props Props(string name, IActorRef dispatcher, TimeProvider clock) => Akka.Actor.Props.Create(() => new TenantActor(name, dispatcher, clock));

    protected override FarmError? Problem(ChangeTenant change) => SettingRules.Problem(change.Name, change.Settings);

    protected override TenantEvent.Changed EventOf(ChangeTenant change, DateTimeOffset now) => new(change.Settings, change.By, now);

    protected override void Apply(TenantEvent.Changed fact) => _settings = fact.Settings;
}
