using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Node.Workers;

/// <summary>A work that is done in a worker process: what breaks there breaks one attempt and nothing else.</summary>
internal sealed class PooledWork(JobKind kind, WorkerPool pool) : IWork
{
    public JobKind Kind => kind;

    public Task<JobResult> RunAsync(JobSpec job, WorkContext context) => pool.RunAsync(job, context);
}
