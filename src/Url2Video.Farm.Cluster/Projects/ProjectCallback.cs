using Akka.Actor;
using Url2Video.Farm.Cluster.Webhooks;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>
/// The call that a project owes when it has ended. Said again until it is in the journal of its calls; after a crash the recovered
/// project owes it still, and one that was said before is known there.
/// </summary>
/// <param name="webhooks">Null in a farm that makes no calls.</param>
internal sealed class ProjectCallback(IActorRef? webhooks)
{
    private string? _taken;

    /// <returns>True when an answer is waited for.</returns>
    public bool Tell(ProjectState state, IActorRef self)
    {
        if (webhooks is null || ProjectCalls.Of(state) is not { } call || call.Id == _taken)
        {
            return false;
        }

        webhooks.Tell(new TellWebhook(state.Id, call), self);
        return true;
    }

    public void OnTaken(WebhookTaken taken) => _taken = taken.Id;
}
