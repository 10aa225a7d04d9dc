using Akka.Configuration;
using Url2Video.Farm.Cluster.Hosting;

namespace Url2Video.Farm.Node.Joining;

/// <summary>Akka in a node's process: plain local actors. No cluster, no remoting, no persistence; the link is its only way out.</summary>
internal static class NodeConfig
{
    /// <summary>
    /// A thread of its own for each of the two actors that keep leases: they must tell what is held while works take every core and their
    /// callbacks every pool thread.
    /// </summary>
    public const string OwnThread = "farm-own-thread";

    public static Config Of(string logLevel) => ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = {{logLevel}}
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          loggers = ["{{typeof(FarmLogger).FullName}}, {{typeof(FarmLogger).Assembly.GetName().Name}}"]
          actor.provider = local
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
          }
        }
        {{OwnThread}}.type = PinnedDispatcher
        """);
}
