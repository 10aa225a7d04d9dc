using System.Collections.Immutable;
using System.Diagnostics;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Projects.ProjectEffect;
using static Url2Video.Farm.Core.Projects.ProjectEvent;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Projects;

/// <summary>One turn of a project while it is being decided: commands here, ends of jobs in <see cref="SettleRules"/>.</summary>
internal sealed class ProjectTurn(ProjectState state, IPlanning planning, DateTimeOffset now)
{
    private readonly ImmutableArray<ProjectEffect>.Builder _effects = ImmutableArray.CreateBuilder<ProjectEffect>();
    private readonly EventBatch _events = new();
    private readonly ProjectState _before = state;

    public ProjectState State { get; private set; } = state;

    public DateTimeOffset Now { get; } = now;

    public IPlanning Planning { get; } = planning;

    public void Take(int index, ProjectMessage message)
    {
        switch (message)
        {
            case Submit m: OnSubmit(index, m); break;
            case Recovered: OnRecovered(); break;
            case JobSettled m: SettleRules.Take(this, m); break;
            case Published m: OnPublished(m); break;
            case ProjectMessage.PublicationCompleted: OnPublicationCompleted(); break;
            case OutputFailed m: OnOutputFailed(m); break;
            case Delivered: OnDelivered(); break;
            case Undecidable m: OnUndecidable(m); return;
            case Pause: OnPause(index); break;
            case Unpause: OnUnpause(index); break;
            case Cancel m: OnCancel(index, m); break;
            case Retry: OnRetry(index); break;
            case SetPriority m: OnSetPriority(index, m); break;
            case RetryJob m: OnRetryJob(index, m.Job); break;
            case KillJob m: AnswerJob(index, m.Job, new JobMessage.Kill()); break;
            case Remind: _effects.AddRange(OwedEffects.OfOutput(State)); break;
            default: throw new UnreachableException($"No rule for {message.GetType().Name}.");
        }

        SettleRules.PlanIfSpoken(this);
    }

    /// <summary>What is to be done follows from the difference between the states alone, so many messages are no special case.</summary>
    public ProjectDecision End()
    {
        _effects.AddRange(OwedEffects.Between(_before, State, Planning));
        return new(_events.ToImmutable(), _effects.DrainToImmutable());
    }

    public void Commit(ProjectEvent fact)
    {
        _events.Add(fact);
        State = State.Apply(fact);
    }

    public void Add(ProjectEffect effect) => _effects.Add(effect);

    private void OnSubmit(int index, Submit m)
    {
        if (State.Phase == ProjectPhase.New)
        {
            Commit(new Submitted(m.Request, Now));
        }

        Add(new Answer(index, null)); // A client that repeats its order has done nothing wrong.
    }

    private void OnRecovered()
    {
        if (State.IsWorking)
        {
            Commit(new TermStarted(State.Term + 1, Now));
        }
    }

    private void OnPublished(Published m)
    {
        if (MayHearOfOutput && m.Chunks > State.ChunksPublished && m.Chunks <= State.ChunksReady)
        {
            Commit(new ChunksPublished(m.Chunks));
        }
    }

    private void OnPublicationCompleted()
    {
        if (MayHearOfOutput && State is { Phase: ProjectPhase.Assembling, Files: not null, IsPublished: false })
        {
            Commit(new ProjectEvent.PublicationCompleted(Now));
        }
    }

    private void OnOutputFailed(OutputFailed m)
    {
        if (State is { IsWorking: true, Phase: >= ProjectPhase.Rendering } && !LostResults.Take(this, m.Error))
        {
            Commit(new Failed(m.Error, Now));
        }
    }

    private void OnSetPriority(int index, SetPriority m)
    {
        if (m.Weight is < 1 or > Limits.ProjectWeightMax || !Enum.IsDefined(m.Band))
        {
            Add(new Answer(index, new FarmError(ErrorCodes.InvalidArgument, $"A weight is 1 to {Limits.ProjectWeightMax}, a band urgent, normal or low.")));
            return;
        }

        if (!State.IsEnded && State.Request is { } request && (request.Band, request.Weight) != (m.Band, m.Weight))
        {
            Commit(new PrioritySet(m.Band, m.Weight, Now));
        }

        AnswerUnless(index, State is { IsEnded: false, Request: not null }, "Only a project that goes on has a priority.");
    }

    private void OnRetryJob(int index, string job)
    {
        if (State.Status == ProjectStatus.Failed && State.Dead.Any(d => d.Job == job))
        {
            OnRetry(index);
        }
        else
        {
            AnswerJob(index, job, new JobMessage.Hasten());
        }
    }

    private void AnswerJob(int index, string name, JobMessage order)
    {
        if (!JobNames.TryParse(name, out var kind, out var at) || !DueJobs.IsKnown(State, new DueJob(kind, at)))
        {
            Add(new Answer(index, new FarmError(ErrorCodes.JobNotFound, $"Project {State.Id} has no such job.", "`job list` shows them.")));
        }
        else if (!DueJobs.Of(State).Contains(new DueJob(kind, at)))
        {
            var isDone = DueJobs.IsDone(State, new DueJob(kind, at));
            var why = isDone ? "is finished" : State.IsWorking ? "is not in work yet" : $"is not in work: the project is {Describe(State)}";
            Add(new Answer(index, new FarmError(ErrorCodes.ProjectState, $"Job {name} {why}.")));
        }
        else
        {
            Add(new TellJob(name, order));
            Add(new Answer(index, null));
        }
    }

    private void OnUndecidable(Undecidable m)
    {
        if (State.IsWorking)
        {
            Commit(new Failed(m.Error, Now));
        }
    }

    private void OnDelivered()
    {
        if (State is { IsWorking: true, Phase: ProjectPhase.Delivering })
        {
            Commit(State.IsQuarantined ? new Failed(Quarantine.ErrorOf(State), Now) : new Completed(Now));
        }
    }

    private void OnPause(int index)
    {
        if (State.IsWorking)
        {
            Commit(new Paused(Now));
        }

        AnswerUnless(index, State is { Status: ProjectStatus.Paused }, "Only a project at work can be paused.");
    }

    private void OnUnpause(int index)
    {
        if (State.Status == ProjectStatus.Paused)
        {
            Commit(new Unpaused(State.Term + 1, Now));
        }

        AnswerUnless(index, State.IsWorking, "Only a paused project can go on.");
    }

    private void OnCancel(int index, Cancel m)
    {
        if (!State.IsEnded && State.Phase != ProjectPhase.New)
        {
            Commit(new Cancelled(m.Reason, Now));
        }

        AnswerUnless(index, State.Status == ProjectStatus.Cancelled, "The project has ended.");
    }

    private void OnRetry(int index)
    {
        if (State.Status == ProjectStatus.Failed)
        {
            Commit(new Retried(State.Term + 1, Now));
        }

        AnswerUnless(index, State.IsWorking, "Only a failed project can be retried.");
    }

    // A paused project's publisher may still finish what it was asked for.
    private bool MayHearOfOutput => State is
    {
        Phase: ProjectPhase.Rendering or ProjectPhase.Assembling,
        Status: ProjectStatus.Active or ProjectStatus.Paused,
    };

    private void AnswerUnless(int index, bool good, string problem) =>
        Add(new Answer(index, good ? null : new FarmError(ErrorCodes.ProjectState, $"{problem} Project {State.Id} is {Describe(State)}.", "`pbm project show` tells where it stands.")));

    private static string Describe(ProjectState state) =>
        state.Phase is ProjectPhase.New or ProjectPhase.Completed || state.Status == ProjectStatus.Active
            ? $"{state.Phase}".ToLowerInvariant()
            : $"{state.Status}".ToLowerInvariant();
}
