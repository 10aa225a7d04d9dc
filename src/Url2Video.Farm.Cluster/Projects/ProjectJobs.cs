using System.Globalization;
using Akka.Actor;
using Url2Video.Farm.Cluster.Jobs;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>The job actors of one project: as many as its look-ahead window holds.</summary>
/// <param name="capabilities">See <see cref="ProjectParts.CapabilitiesOfAll"/>.</param>
internal sealed class ProjectJobs(IActorContext context, JobParts parts, JobPost post, IReadOnlySet<string>? capabilities)
{
    private readonly Dictionary<string, (IActorRef Actor, long First)> _byName = new(StringComparer.Ordinal);
    private DateTimeOffset _lastStart;

    public void Start(ProjectEffect.StartJob start)
    {
        var name = start.Spec.Id.Name;
        var term = AttemptNumber.TermOf(start.FirstAttempt);
        if (_byName.TryGetValue(name, out var present))
        {
            if (present.First == start.FirstAttempt)
            {
                return;
            }

            present.Actor.Tell(new Local<JobMessage>(new JobMessage.Cancel()));
        }

        if (capabilities is not null && start.Spec.Needs.FirstOrDefault(need => !capabilities.Contains(need)) is { } missing)
        {
            var outcome = new JobOutcome.Failed(NobodyHas(start.Spec, missing));
            context.Self.Tell(new Local<ProjectMessage>(new ProjectMessage.JobSettled(start.Spec.Id, term, start.FirstAttempt, null, outcome)));
            return;
        }

        // The number is in the name because the actor of the former term, or of the result that was lost, may still be leaving.
        var actorName = string.Create(CultureInfo.InvariantCulture, $"{name.Replace('/', '-')}.{start.FirstAttempt}");
        var (first, offer) = Begin(start);
        var actor = context.ActorOf(JobActor.Props(first, parts), actorName);
        context.Watch(actor);
        _byName[name] = (actor, start.FirstAttempt);
        if (offer is not null)
        {
            post.Send(offer, actor);
        }
    }

    // The first offers are sent from here, one after the other: sent by each job for itself they would arrive in any order, and an idle farm would
    // begin with the middle of the film.
    private (JobDecision Start, JobEffect? Offer) Begin(ProjectEffect.StartJob start)
    {
        var now = parts.Clock.GetUtcNow();
        _lastStart = now > _lastStart ? now : _lastStart.AddTicks(1); // Queues keep this order, too.
        var grace = start.MayBeHeld ? parts.Grace : TimeSpan.Zero;
        var first = JobLogic.Start(start.Spec, start.FirstAttempt, start.CountedOut, grace, _lastStart, start.Avoid);
        return first.Effects is [JobEffect.ToDispatcher offer] ? (first with { Effects = [] }, offer) : (first, null);
    }

    private static FarmError NobodyHas(JobSpec spec, string need) => new(
        need.StartsWith("voice:", StringComparison.Ordinal) ? ErrorCodes.VoiceNotFound : ErrorCodes.JobDead,
        $"{spec.Id.Name} needs {need}, which no node of this farm has.",
        "Install what is missing (`./url2video doctor` helps), then resume.");

    /// <summary>Nothing to do when it has just ended.</summary>
    public void Tell(string name, JobMessage message)
    {
        if (_byName.TryGetValue(name, out var job))
        {
            job.Actor.Tell(new Local<JobMessage>(message));
        }
    }

    public void StopAll()
    {
        foreach (var (actor, _) in _byName.Values)
        {
            actor.Tell(new Local<JobMessage>(new JobMessage.Cancel()));
        }

        _byName.Clear();
    }

    public void Settle(ProjectEffect.AckJob ack)
    {
        if (_byName.TryGetValue(ack.Job.Name, out var job))
        {
            job.Actor.Tell(new Local<JobMessage>(new JobMessage.Settled(ack.Term, ack.Attempt, ack.Verdict)));
        }
    }

    /// <summary>Hands a message on, or answers for a job that does not live: it is finished, dead or not wanted.</summary>
    public void Route(JobEnvelope envelope, IActorRef sender, IActorRef self)
    {
        if (_byName.TryGetValue(envelope.Job.Name, out var job))
        {
            job.Actor.Tell(envelope, sender);
            return;
        }

        post.Learn(envelope, sender, context.System);
        foreach (var effect in JobLogic.AnswerForNone(envelope.Message))
        {
            post.Send(effect, self);
        }
    }

    /// <summary>Tells all of them: a project hears of it once, instead of every job for itself.</summary>
    public void TellAll(NodesGone gone)
    {
        foreach (var (actor, _) in _byName.Values)
        {
            actor.Tell(gone);
        }
    }

    public void OnTerminated(IActorRef actor)
    {
        foreach (var name in _byName.Where(j => j.Value.Actor.Equals(actor)).Select(j => j.Key).ToArray())
        {
            _byName.Remove(name);
        }
    }
}
