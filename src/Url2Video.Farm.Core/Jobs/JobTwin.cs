using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>
/// The second run of a straggling job. It has a lease of its own, so a job has at most two that are current; the first to finish wins
/// and the other is stopped. Its troubles are its own: they end the twin and are counted against nobody.
/// </summary>
public abstract record JobTwin
{
    private JobTwin() { }

    public abstract DateTimeOffset DueAt { get; }

    /// <summary>Queued at the dispatcher, behind every other job of the project, under the number of the next grant.</summary>
    public sealed record Offered(DateTimeOffset RepeatAt) : JobTwin
    {
        public override DateTimeOffset DueAt => RepeatAt;
    }

    /// <inheritdoc cref="JobStage.Granted"/>
    public sealed record Granted(Lease Lease, DispatcherId By, DateTimeOffset Until, DateTimeOffset RepeatAt) : JobTwin
    {
        public override DateTimeOffset DueAt => Until < RepeatAt ? Until : RepeatAt;
    }

    /// <param name="Until">The lease is void after this without a sign of life.</param>
    public sealed record Running(Lease Lease, DispatcherId By, DateTimeOffset Since, DateTimeOffset Until) : JobTwin
    {
        public override DateTimeOffset DueAt => Until;
    }

    /// <summary>Null while no node has it.</summary>
    public Lease? Held => this switch
    {
        Granted t => t.Lease,
        Running t => t.Lease,
        _ => null,
    };
}
