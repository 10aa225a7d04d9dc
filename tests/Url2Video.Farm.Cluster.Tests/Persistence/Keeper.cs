using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Persistence.Files;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

/// <summary>A persistent actor that writes what it is told and tells what it has, under the name of a project.</summary>
internal sealed class Keeper : ReceivePersistentActor
{
    private readonly ProjectId _id;
    private readonly List<string> _recovered = [];
    private ProjectState _state;

    public Keeper(ProjectId id)
    {
        (_id, _state) = (id, new ProjectState(id));
        Recover<SnapshotOffer>(m =>
        {
            _recovered.Add("snapshot");
            _state = ((ProjectSnapshot)m.Snapshot).State;
        });
        Recover<ProjectEvent>(e =>
        {
            _recovered.Add(e.Name);
            _state = _state.Apply(e);
        });
        Command<ProjectEvent[]>(events =>
        {
            var (from, left) = (Sender, events.Length);
            PersistAll(events, e =>
            {
                _state = _state.Apply(e);
                if (--left == 0)
                {
                    from.Tell(LastSequenceNr);
                }
            });
        });
        Command<string>(_ => Sender.Tell((_state, (IReadOnlyList<string>)_recovered)));
        Command<int>(_ =>
        {
            SaveSnapshot(new ProjectSnapshot(_state));
            var from = Sender;
            BecomeStacked(() =>
            {
                Command<SaveSnapshotSuccess>(m => from.Tell(m.Metadata.SequenceNr));
                CommandAny(_ => { });
            });
        });
    }

    public override string PersistenceId => PersistenceIds.Of(_id);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Sender.Tell(new Status.Failure(cause));

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Context.System.EventStream.Publish(new RecoveryFailed(_id, reason));
}

internal sealed record RecoveryFailed(ProjectId Id, Exception Reason) : INoSerializationVerificationNeeded;

/// <summary>A store and the plugins that write it.</summary>
/// <param name="IsOfOneProcess">By our own plugins, as an embedded farm does.</param>
internal sealed record JournalPlace(StoreUrl Store, bool IsOfOneProcess = false);

/// <summary>An actor system with nothing but the journal of a store.</summary>
internal sealed class JournalSystem : IAsyncDisposable
{
    private JournalSystem(ActorSystem system) => System = system;

    public ActorSystem System { get; }

    public static Task<JournalSystem> StartAsync(StoreUrl store) => StartAsync(new JournalPlace(store));

    public static async Task<JournalSystem> StartAsync(JournalPlace place)
    {
        await using (await FarmDatabase.OpenAsync(place.Store))
        {
            // Its tables are there.
        }

        var journal = place.IsOfOneProcess ? FileStoreSetup.Of(place.Store, TimeProvider.System) : JournalSetup.Of(place.Store);
        var config = journal.Hocon
            .WithFallback(ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }"))
            .WithFallback(Akka.Persistence.Persistence.DefaultConfig());
        return new(ActorSystem.Create("keep", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), FarmSerialization.Setup, journal.Setup)));
    }

    public IActorRef Keeper(ProjectId id) => System.ActorOf(Props.Create(() => new Keeper(id)));

    /// <returns>The number of the last event.</returns>
    public static Task<long> WriteAsync(IActorRef keeper, params ProjectEvent[] events) => keeper.Ask<long>(events, TestFarm.Patience);

    public static Task<(ProjectState State, IReadOnlyList<string> Recovered)> ReadAsync(IActorRef keeper) =>
        keeper.Ask<(ProjectState, IReadOnlyList<string>)>("tell", TestFarm.Patience);

    public static Task<long> SnapshotAsync(IActorRef keeper) => keeper.Ask<long>(0, TestFarm.Patience);

    /// <summary>What a new life of the project has.</summary>
    public async Task<(ProjectState State, IReadOnlyList<string> Recovered)> RecoverAsync(ProjectId id)
    {
        var keeper = Keeper(id);
        var read = await ReadAsync(keeper);
        await keeper.GracefulStop(TestFarm.Patience);
        return read;
    }

    public async ValueTask DisposeAsync() => await System.Terminate();
}
