using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Node.Workers;

/// <summary>A work that is done in a worker process: what breaks there breaks one attempt and nothing else.</summary>
/// <param name="work">What is done there.</param>
internal sealed class PooledWork(IWork work, WorkerPool pool) : IWork
{
    public JobKind Kind => work.Kind;

    public string Here => work.Here;

    public Task<JobResult> RunAsync(JobSpec job, WorkContext context) => pool.RunAsync(job, context);
}
