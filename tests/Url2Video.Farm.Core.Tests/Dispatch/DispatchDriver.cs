using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Tests.Dispatch;

/// <summary>Drives one dispatcher by hand.</summary>
internal sealed class DispatchDriver
{
    private readonly Dictionary<string, long> _sequences = [];

    /// <summary>Of the last message.</summary>
    public List<DispatchEffect> Effects { get; } = [];

    public DispatchLogic Logic { get; private set; } = new(new DispatcherId("dispatcher"));

    public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public List<JobMessage.Assign> Tell(DispatchMessage message)
    {
        Effects.Clear();
        Logic.Handle(message, Now, Effects);
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

    public static JobId JobOf(string project, string job) => new(new ProjectId(project), job);

    public static NodeIncarnation Node(string name, long epoch = 1) => new(new NodeId(name), epoch);

    private static DateTimeOffset Epoch { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
