using Akka.Actor;
using Akka.TestKit.Xunit2;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Tests.Time;

namespace Url2Video.Farm.Cluster.Tests.Shells;

/// <summary>A cluster of one, whose dispatcher is any actor at the right place.</summary>
public sealed class DispatcherContactTests() : TestKit("""
    akka.loglevel = OFF
    akka.stdout-loglevel = OFF
    akka.actor.provider = cluster
    akka.remote.dot-netty.tcp.hostname = "127.0.0.1"
    akka.remote.dot-netty.tcp.port = 0
    akka.cluster.roles = [coordinator]
    akka.coordinated-shutdown.run-by-actor-system-terminate = off
    """)
{
    [Fact]
    public void Dispatcher_IsThereAgain_LinksAreToldOnceEachTime()
    {
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        Sys.EventStream.Subscribe(TestActor, typeof(VouchesAgain));
        var time = new ManualTime(); // A test that stands still must not look like a silent dispatcher.
        var contact = DispatcherContact.Start(Sys, "/user/dispatcher", "coordinator", time);
        cluster.Join(cluster.SelfAddress);
        Assert.False(contact.MayVouch); // Nobody has answered yet.

        for (var life = 0; life < 2; life++)
        {
            var dispatcher = Sys.ActorOf(Props.Empty, "dispatcher");
            ExpectMsg<VouchesAgain>(TestFarm.Patience);
            Assert.True(contact.MayVouch);

            Watch(dispatcher);
            Sys.Stop(dispatcher);
            ExpectTerminated(dispatcher, TestFarm.Patience);
            time.Advance(TimeSpan.FromSeconds(Limits.DispatcherHeardSecondsMax));
            Assert.False(contact.MayVouch);
        }

        Assert.False(HasMessages);
    }
}
