using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>One job's machine inside a life of its project, with its one timer.</summary>
internal sealed class SimJob(SimFarm farm, SimProject project, JobId id, long first)
{
    private JobState? _state;
    private DateTimeOffset? _timer;

    public JobId Id { get; } = id;

    public long First { get; } = first;

    public JobState State => _state!;

    public void Begin(JobDecision decision) => Take(decision);

    public void Tell(JobMessage message)
    {
        if (_state is { Stage: not JobStage.Over })
        {
            farm.Oracle.ToJob(project, Id, message, _state);
            Take(farm.Rules.Job(_state, message, farm.World.Now));
        }
    }

    private void Take(JobDecision decision)
    {
        _state = decision.State;
        farm.Oracle.Holds(project, farm.Journals[project.Id].State, _state);
        farm.World.Trace(_state.Stage.GetType().Name, Id.Name, _state.NextAttempt);
        farm.Carry(project, Id, decision.Effects);
        if (_state.DueAt is { } due && due != _timer)
        {
            _timer = due;
            farm.World.At(due, () => Wake(due));
        }
    }

    private void Wake(DateTimeOffset due)
    {
        if (!project.IsAlive || _timer != due)
        {
            return;
        }

        _timer = null;
        if (project.IsFrozen)
        {
            farm.World.After(World.Second, () => Wake(due));
            _timer = due;
            return;
        }

        Tell(new JobMessage.Tick());
    }
}
