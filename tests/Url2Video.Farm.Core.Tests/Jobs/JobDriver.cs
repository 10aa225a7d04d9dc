using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Jobs;

/// <summary>Drives one job by hand, with a clock of its own.</summary>
internal sealed class JobDriver
{
    public static readonly DispatcherId Dispatcher = new("dispatcher");
    public static readonly NodeIncarnation NodeA = new(new NodeId("a"), 1);
    public static readonly NodeIncarnation NodeB = new(new NodeId("b"), 1);
    public static readonly JobResult Result = new JobResult.Assembled([]);
    public static readonly FarmError Error = new(ErrorCodes.MediaFailed, "broken", Retryable: true);

    public static readonly JobSpec Spec = new(
        new JobId(new ProjectId("prj_test"), "assemble"),
        new JobKey("key"),
        new JobWork.Write(
            new ArtifactRef(new ArtifactId("doc"), 1),
            new Brief(16, 16, new Rational(30, 1), null, null, null, -140, false, CaptionPlacement.None, 1)),
        ["cpu"],
        SecondsMax: 600);

    public JobDriver(long term = 1, long countedOut = 0, TimeSpan grace = default) =>
        Take(JobLogic.Start(Spec, AttemptNumber.FirstOf(term), countedOut, grace, Now));

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public JobState State { get; private set; } = null!;

    public JobStage Stage => State.Stage;

    public List<JobEffect> Effects { get; } = [];

    public static JobDriver Granted(NodeIncarnation? node = null)
    {
        var driver = new JobDriver();
        driver.Assign(node ?? NodeA);
        return driver;
    }

    public static JobDriver Running()
    {
        var driver = Granted();
        driver.Tell(new JobMessage.Accepted(driver.Lease()));
        driver.Effects.Clear();
        return driver;
    }

    public Lease Lease(int grant = 0, NodeIncarnation? node = null, long term = 1) =>
        new(State.Spec.Id, AttemptNumber.FirstOf(term) + grant, node ?? NodeA);

    public void Tell(JobMessage message)
    {
        Effects.Clear();
        Take(JobLogic.Decide(State, message, Now));
    }

    public void Assign(NodeIncarnation node, DispatcherId? by = null) =>
        Tell(new JobMessage.Assign(Spec.Id, State.NextAttempt, node, by ?? Dispatcher));

    public void Finish(Lease lease, JobKey? key = null) => Tell(new JobMessage.Finished(lease, key ?? Spec.Key, Result));

    /// <summary>Lets the time pass, with a tick whenever one is due.</summary>
    public void Wait(double seconds)
    {
        var end = Now.AddSeconds(seconds);
        Effects.Clear();
        while (State.DueAt is { } due && due <= end)
        {
            Now = due;
            Take(JobLogic.Decide(State, new JobMessage.Tick(), Now));
        }

        Now = end;
    }

    public IEnumerable<NodeMessage> ToNode => Effects.OfType<JobEffect.ToNode>().Select(e => e.Message);

    public IEnumerable<DispatchMessage> ToDispatcher => Effects.OfType<JobEffect.ToDispatcher>().Select(e => e.Message)
        .Concat(Effects.OfType<JobEffect.ToOneDispatcher>().Select(e => e.Message));

    public IEnumerable<ProjectMessage.JobSettled> ToProject => Effects.OfType<JobEffect.ToProject>().Select(e => e.Message);

    private void Take(JobDecision decision)
    {
        State = decision.State;
        Effects.AddRange(decision.Effects);
    }
}
