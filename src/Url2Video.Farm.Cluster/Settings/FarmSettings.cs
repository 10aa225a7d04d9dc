using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Url2Video.Farm.Cluster.Settings;

/// <summary>
/// The shards of limits and tenants. Begun when first needed: a film on one machine has neither, and need not wait for them. Whoever
/// needs them on every server at once (remembered limits tell themselves to a new dispatcher) calls <see cref="Begin"/>.
/// </summary>
internal sealed class FarmSettings(ActorSystem system, int shards, IActorRef dispatcher, TimeProvider clock)
{
    private const string LimitShards = "limit";
    private const string TenantShards = "tenant";

    private readonly Lazy<IActorRef> _limits = new(() => Start(system, LimitShards, shards, name => LimitActor.Props(name, dispatcher, clock)));
    private readonly Lazy<IActorRef> _tenants = new(() => Start(system, TenantShards, shards, name => TenantActor.Props(name, dispatcher, clock)));

    public IActorRef Limits => _limits.Value;

    public IActorRef Tenants => _tenants.Value;

    public void Begin() => _ = (Limits, Tenants);

    private static IActorRef Start(ActorSystem system, string type, int shards, Func<string, Props> props) =>
        ClusterSharding.Get(system).Start(type, props, ClusterShardingSettings.Create(system), new Routing(shards));

    private sealed class Routing(int shards) : HashCodeMessageExtractor(shards)
    {
        public override string EntityId(object message) => message is IForSetting to ? to.Name : null!;

        public override object EntityMessage(object message) => message;
    }
}
