using Akka.Actor;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Settings;

/// <summary>One named limit: its maximum.</summary>
internal sealed class LimitActor(string name, IActorRef dispatcher, TimeProvider clock)
    : SettingActor<GetLimit, ChangeLimit, LimitEvent.Changed>(dispatcher, clock)
{
    private int? _max;

    public override string PersistenceId => PersistenceIds.OfLimit(name);

    protected override DispatchMessage Setting => new DispatchMessage.SetLimit(name, _max);

    protected override bool IsUnset => _max is null;

    public static Props Props(string name, IActorRef dispatcher, TimeProvider clock) => Akka.Actor.Props.Create(() => new LimitActor(name, dispatcher, clock));

    protected override FarmError? Problem(ChangeLimit change) => SettingRules.Problem(change.Name, change.Max);

    protected override LimitEvent.Changed EventOf(ChangeLimit change, DateTimeOffset now) => new(change.Max, change.By, now);

    protected override void Apply(LimitEvent.Changed fact) => _max = fact.Max;
}
