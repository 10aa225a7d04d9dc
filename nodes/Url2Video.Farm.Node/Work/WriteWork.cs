using Url2Video.Farm.Content;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Node.Work;

/// <summary>The SourceDoc to a storyboard.</summary>
public sealed class WriteWork(NodeVoices voices) : IWork
{
    public JobKind Kind => JobKind.Write;

    public Task<JobResult> RunAsync(JobSpec job, WorkContext context) => MediaFaults.GuardAsync<JobResult>(job, async () =>
    {
        var result = await WriteService.WriteAsync((JobWork.Write)job.Work, context.Artifacts, context.Cancellation).ConfigureAwait(false);
        await voices.RequireAsync(result.Storyboard, context).ConfigureAwait(false);
        return result;
    });
}
