using Akka.Actor;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>The publisher of one project, made when there is something to publish.</summary>
internal sealed class ProjectOutput(IActorContext context, ArtifactStore artifacts)
{
    private IActorRef? _publisher;

    public void Publish(ProjectState state, ProjectEffect.Publish publish) => Publisher(state).Tell(new Local<ProjectEffect.Publish>(publish));

    public void Deliver(ProjectState state, ProjectEffect.Deliver deliver) => Publisher(state).Tell(new Local<ProjectEffect.Deliver>(deliver));

    private IActorRef Publisher(ProjectState state) => _publisher ??= context.ActorOf(
        Props.Create(() => new PublisherActor(SpecOf(state), state.Request!.OutDir, artifacts)), "publisher");

    private static PublishSpec SpecOf(ProjectState state) =>
        new(state.Plan!, state.Request!.Formats, state.Facts!.Language, state.Facts.Title, HasCaptions(state));

    private static bool HasCaptions(ProjectState state) =>
        state.Request!.Brief.Captions is CaptionPlacement.Sidecar or CaptionPlacement.Both && state.Facts!.Scenes.Any(s => s.Say is not null);
}
