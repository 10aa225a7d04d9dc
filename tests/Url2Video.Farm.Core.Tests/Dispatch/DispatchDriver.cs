using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Tests.Dispatch;

/// <summary>Drives one dispatcher by hand.</summary>
internal sealed class DispatchDriver
{
    private readonly Dictionary<string, long> _sequences = [];
    private int _lives;

    /// <summary>Of the last message.</summary>
    public List<DispatchEffect> Effects { get; } = [];

    public DispatchLogic Logic { get; private set; } = new(new DispatcherId("dispatcher"));

    public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public List<JobMessage.Assign> Tell(DispatchMessage message)
    {
        Effects.Clear();
        Logic.Handle(message, Now, Effects);
        Assert.Null(Logic.Complaint());
        return [.. Effects.OfType<DispatchEffect.Assign>().Select(a => a.Message)];
    }

    public List<JobMessage.Assign> Offer(
        string project,
        string job,
        long number = 1,
        string[]? needs = null,
        int weight = 1,
        int priority = 0,
        int cost = 1,
        double enqueued = 0) =>
        Tell(new DispatchMessage.Offer(JobOf(project, job), number, [.. needs ?? []], weight, priority, Epoch.AddSeconds(enqueued), cost));

    /// <summary>An offer of cost 1 that a test changes to its taste.</summary>
    public static DispatchMessage.Offer Job(string project, string job, Band band = Band.Normal, string[]? needs = null, int cost = 1, int weight = 1) =>
        new(JobOf(project, job), 1, [.. needs ?? []], weight, 0, Epoch, cost) { Band = band };

    /// <summary>The dispatcher is gone; a new one knows nothing.</summary>
    public void Replace() => Logic = new DispatchLogic(new DispatcherId($"dispatcher{++_lives}"));

    /// <summary>A node that names what it runs.</summary>
    public List<JobMessage.Assign> Busy(string node, int free, string[] capabilities, params RunningJob[] running)
    {
        var sequence = _sequences[node] = _sequences.GetValueOrDefault(node) + 1;
        return Tell(new DispatchMessage.Demand(Node(node), sequence, free, [.. capabilities]) { Running = [.. running] });
    }

    public List<JobMessage.Assign> Take(JobMessage.Assign assign) => Tell(new DispatchMessage.Taken(assign.Job, assign.Offer, assign.Node));

    public List<JobMessage.Assign> End(JobMessage.Assign assign, EndKind kind = EndKind.Finished, string? code = null, long busyMillis = 1_000) =>
        Tell(new DispatchMessage.Ended(assign.Job, assign.Offer, assign.Node, kind, code, busyMillis));

    public static RunningJob RunningOf(JobMessage.Assign assign, DispatchMessage.Offer offer) =>
        new(assign.Job, assign.Offer, offer.Band, offer.Tenant, offer.Limits) { Needs = offer.Needs };

    public List<JobMessage.Assign> Demand(string node, int free, string[]? capabilities = null, long epoch = 1)
    {
        var sequence = _sequences[node] = _sequences.GetValueOrDefault(node) + 1;
        return Tell(new DispatchMessage.Demand(Node(node, epoch), sequence, free, [.. capabilities ?? []]));
    }

    public void Wait(double seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Now = Now.AddSeconds(1);
            Tell(new DispatchMessage.Tick());
        }
    }

    /// <summary>As <see cref="Wait"/>, and everything assigned meanwhile.</summary>
    public List<JobMessage.Assign> Tick(int seconds = 1)
    {
        var assigned = new List<JobMessage.Assign>();
        for (var i = 0; i < seconds; i++)
        {
            Now = Now.AddSeconds(1);
            assigned.AddRange(Tell(new DispatchMessage.Tick()));
        }

        return assigned;
    }

    public static JobId JobOf(string project, string job) => new(new ProjectId(project), job);

    public static NodeIncarnation Node(string name, long epoch = 1) => new(new NodeId(name), epoch);

    private static DateTimeOffset Epoch { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
