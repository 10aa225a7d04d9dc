using System.Globalization;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>The whole Akka configuration in one place. Plain HOCON: Akka.Hosting's container costs start-up time and buys nothing here.</summary>
internal static class FarmConfig
{
    /// <summary>Never change: an entity's shard is hash(id) mod this, and remembered entities are kept by shard.</summary>
    public const int Shards = 8;

    /// <summary>Of a farm of several servers. Never change, for the same reason: more than servers ever are, few enough to start at once.</summary>
    public const int ClusterShards = 32;

    public const string SystemName = "farm";

    public const string ProjectShards = "project";

    public const string CoordinatorRole = "coordinator";

    /// <summary>The profile of one process: a one-node cluster that talks to nobody, so it can settle at once.</summary>
    public static Config Embedded(string logLevel) => Full(logLevel, """
        akka.remote {
          dot-netty.tcp {
            hostname = "127.0.0.1"
            port = 0
          }
          # Somebody else on this machine can connect to the port: no remote deployment, no death watch, no selections.
          untrusted-mode = on
        }
        akka.cluster {
          roles = ["coordinator", "node"]
          # Alone there is nobody to hear from: look often, wait for nothing.
          periodic-tasks-initial-delay = 20ms
          gossip-interval = 200ms
          leader-actions-interval = 100ms
          unreachable-nodes-reaper-interval = 1s
          sharding {
            retry-interval = 200ms
            coordinator-failure-backoff = 500ms
            shard-failure-backoff = 500ms
            # A project whose journal write failed comes back after this; its callers retry meanwhile.
            entity-restart-backoff = 500ms
            waiting-for-state-timeout = 500ms
            # The journal may be busy for long on a loaded machine; giving up would only start the same write again.
            updating-state-timeout = 30s
            distributed-data {
              gossip-interval = 500ms
              notify-subscribers-interval = 50ms
              # The entities are remembered in the journal (one truth, one fsync), so nothing here is durable.
              durable.keys = []
            }
          }
          singleton.hand-over-retry-interval = 100ms
          singleton-proxy.singleton-identification-interval = 100ms
        }
        akka.coordinated-shutdown {
          default-phase-timeout = 1s
          phases {
            # No other node takes over: do not wait for a hand-over.
            cluster-sharding-shutdown-region.timeout = 500ms
            cluster-leave.timeout = 500ms
            cluster-exiting.timeout = 500ms
            cluster-exiting-done.timeout = 500ms
            cluster-shutdown.timeout = 500ms
            actor-system-terminate.timeout = 2s
          }
        }
        """);

    /// <summary>
    /// The profile of one of several servers. Its times add up to what a dead server costs: heard of after 3.5 s, believed after 2 more at most,
    /// taken over after another second. Every pause of a loaded machine below that costs nothing.
    /// </summary>
    public static Config Cluster(string logLevel, ServerSetup setup) => Full(logLevel, ServerNetwork(setup) + ServerTimes + Survivor(setup.Database.Store.Kind));

    private static string ServerNetwork(ServerSetup setup) => string.Create(CultureInfo.InvariantCulture, $$"""
        akka.remote.dot-netty.tcp {
          hostname = "{{(setup.BindHost ?? setup.ClusterHost)}}"
          public-hostname = "{{setup.ClusterHost}}"
          port = {{setup.ClusterPort}}
          enable-ssl = on
          connection-timeout = 5s
          # The largest message, and a little for its envelope.
          maximum-frame-size = {{FarmJson.BytesMax + (1024 * 1024)}}b
          send-buffer-size = 1MiB
          receive-buffer-size = 1MiB
        }
        # Only servers of this farm get through the handshake: they may watch and select.
        akka.remote.untrusted-mode = off
        akka.remote.retry-gate-closed-for = 1s

        """);

    private const string ServerTimes = """
        akka.cluster {
          roles = ["coordinator", "api"]
          periodic-tasks-initial-delay = 100ms
          gossip-interval = 200ms
          leader-actions-interval = 200ms
          unreachable-nodes-reaper-interval = 500ms
          seed-node-timeout = 2s
          retry-unsuccessful-join-after = 2s
          allow-weakly-up-members = off
          failure-detector {
            heartbeat-interval = 500ms
            acceptable-heartbeat-pause = 3s
          }
          # The loser of a split ends within about this long after the winner's decision; the journal refuses a second writer meanwhile.
          down-removal-margin = 1s
          sharding {
            retry-interval = 300ms
            rebalance-interval = 2s
            least-shard-allocation-strategy {
              rebalance-absolute-limit = 8
              rebalance-relative-limit = 0.25
            }
            handoff-timeout = 10s
            shard-start-timeout = 5s
            coordinator-failure-backoff = 500ms
            shard-failure-backoff = 1s
            entity-restart-backoff = 1s
            waiting-for-state-timeout = 1s
            # Also how long the store may be away before a shard starts anew.
            updating-state-timeout = 3s
            distributed-data {
              gossip-interval = 500ms
              notify-subscribers-interval = 50ms
              # What must survive all servers at once, the entities, is in the journal; where they are is decided anew.
              durable.keys = []
            }
          }
          singleton {
            hand-over-retry-interval = 200ms
            min-number-of-hand-over-retries = 60
          }
          singleton-proxy.singleton-identification-interval = 200ms
        }
        akka.coordinated-shutdown {
          default-phase-timeout = 2s
          phases {
            cluster-sharding-shutdown-region.timeout = 3s
            cluster-leave.timeout = 2s
            cluster-exiting.timeout = 2s
            cluster-exiting-done.timeout = 1s
            cluster-shutdown.timeout = 1s
            actor-system-terminate.timeout = 3s
          }
        }

        """;

    // A file has one process, so there is nothing to split and no lease to keep.
    private static string Survivor(StoreKind store) => store == StoreKind.Sqlite ? string.Empty : $$"""
        akka.cluster.split-brain-resolver {
          active-strategy = lease-majority
          # Short, for it is the lease that keeps two sides from going on.
          stable-after = 1s
          # Other servers may come and go meanwhile; a cluster that dies of that would be worse than one that decides late.
          down-all-when-unstable = 20s
          lease-majority {
            lease-implementation = farm.lease
            lease-name = "split"
            acquire-lease-delay-for-minority = 500ms
            release-after = 40s
          }
        }
        farm.lease {
          lease-class = "{{TypeName(typeof(Membership.StoreLease))}}"
          # Less than it takes to find out that a server is dead: the dead holder of an earlier split must not decide the next one. A living one renews it.
          heartbeat-timeout = 4s
          heartbeat-interval = 1s
          lease-operation-timeout = 5s
        }
        """;

    private static Config Full(string logLevel, string profile) => ConfigurationFactory.ParseString(Common(logLevel) + profile)
        .WithFallback(ClusterSharding.DefaultConfig())
        .WithFallback(ClusterSingleton.DefaultConfig())
        .WithFallback(Akka.Persistence.Persistence.DefaultConfig());

    private static string Common(string logLevel) => string.Create(CultureInfo.InvariantCulture, $$"""
        akka {
          loglevel = {{logLevel}}
          stdout-loglevel = OFF
          log-config-on-start = off
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          loggers = ["{{TypeName(typeof(FarmLogger))}}"]
          actor {
            provider = cluster
            # Newtonsoft writes and reads any type by its name; nothing here does.
            serializers.json = "{{TypeName(typeof(RefusingSerializer))}}"
          }
          cluster {
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver.active-strategy = keep-majority
            run-coordinated-shutdown-when-down = on
            sharding {
              role = "coordinator"
              remember-entities = on
              remember-entities-store = eventsourced
              state-store-mode = ddata
              passivate-idle-entity-after = off
              snapshot-after = 1000000000
            }
          }
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
          }
        }

        """);

    private static string TypeName(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
