using System.Globalization;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Url2Video.Farm.Cluster.Serialization;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>The whole Akka configuration in one place. Plain HOCON: Akka.Hosting's container costs start-up time and buys nothing here.</summary>
internal static class FarmConfig
{
    /// <summary>Never change: an entity's shard is hash(id) mod this, and remembered entities are kept by shard.</summary>
    public const int Shards = 8;

    public const string SystemName = "farm";

    public const string ProjectShards = "project";

    public const string CoordinatorRole = "coordinator";

    /// <summary>The profile of one process: a one-node cluster that talks to nobody, so it can settle at once.</summary>
    public static Config Embedded(string logLevel) => ConfigurationFactory.ParseString(Common(logLevel) + """
        akka.cluster {
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
        """)
        .WithFallback(ClusterSharding.DefaultConfig())
        .WithFallback(ClusterSingleton.DefaultConfig())
        .WithFallback(SqlPersistence.DefaultConfiguration)
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
          remote.dot-netty.tcp {
            hostname = "127.0.0.1"
            port = 0
          }
          # Somebody else on this machine can connect to the port: no remote deployment, no death watch, no selections.
          remote.untrusted-mode = on
          cluster {
            roles = ["coordinator", "node"]
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
