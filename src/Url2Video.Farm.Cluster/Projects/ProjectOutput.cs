using Akka.Actor;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>The publisher of one project, made when there is something to publish.</summary>
/// <param name="database">Where a film without a folder of its own is published; null in a farm that has none.</param>
internal sealed class ProjectOutput(IActorContext context, ArtifactStore artifacts, FarmDatabase? database)
{
    private IActorRef? _publisher;

    public void Publish(ProjectState state, ProjectEffect.Publish publish) => Publisher(state).Tell(new Local<ProjectEffect.Publish>(publish));

    public void Deliver(ProjectState state, ProjectEffect.Deliver deliver) => Publisher(state).Tell(new Local<ProjectEffect.Deliver>(deliver));

    private IActorRef Publisher(ProjectState state)
    {
        Func<IPackageTarget> target = () => TargetOf(state);
        return _publisher ??= context.ActorOf(Props.Create(() => new PublisherActor(SpecOf(state), target, artifacts)), "publisher");
    }

    private IPackageTarget TargetOf(ProjectState state)
    {
        var claim = new PublishClaim(state.Id, state.Term);
        return state.Request is { OutDir: { Length: > 0 } folder } ? new FolderPackage(folder, claim, artifacts)
            : database is not null ? new TablePackage(database, claim, artifacts)
            : throw new InvalidOperationException("A farm without tables needs a folder for its films.");
    }

    private static PublishSpec SpecOf(ProjectState state) =>
        new(state.Plan!, state.Request!.Formats, state.Facts!.Language, state.Facts.Title, HasCaptions(state)) { TrickPlay = TrickPlayWishes.WantedOf(state.Request) };

    private static bool HasCaptions(ProjectState state) =>
        state.Request!.Brief.Captions is CaptionPlacement.Sidecar or CaptionPlacement.Both && state.Facts!.Scenes.Any(s => s.Say is not null);
}
