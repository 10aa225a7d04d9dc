using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.ReadModels;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>
/// Speaks to projects and asks again when no answer comes: a message may be lost with the actor that was to take it, and every
/// command is idempotent.
/// </summary>
internal sealed class FarmClient(FarmSystem farm)
{
    private const int TriesMax = 9;
    private const int AnswerSecondsMax = 5;

    public async Task CommandAsync(ProjectId project, ProjectMessage command, CancellationToken cancellation)
    {
        var reply = await AskAsync<Reply>(new ProjectEnvelope(project, command), r => r.Error is { Code: ErrorCodes.Internal, Retryable: true }, cancellation).ConfigureAwait(false);
        if (reply.Error is { } error)
        {
            throw new FarmException(error);
        }
    }

    public async Task<ProjectSummary?> SummaryAsync(ProjectId project, CancellationToken cancellation) =>
        (await AskAsync<SummaryReply>(new GetSummary(project), _ => false, cancellation).ConfigureAwait(false)).Summary;

    /// <summary>Everything about one project; null for one that never was.</summary>
    public async Task<ProjectDetail?> ProjectAsync(ProjectId project, CancellationToken cancellation) =>
        (await AskAsync<ProjectReply>(new GetProject(project), _ => false, cancellation).ConfigureAwait(false)).Project;

    /// <summary>A page of the project's jobs; null for a project that never was.</summary>
    /// <param name="cursor">From the page before; null for the first.</param>
    public async Task<JobPage?> JobsAsync(ProjectId project, JobFilter filter, string? cursor, int max, CancellationToken cancellation) =>
        (await AskAsync<JobsReply>(new GetJobs(project, filter, cursor, max), _ => false, cancellation).ConfigureAwait(false)).Page;

    /// <summary>Every project, the newest first. Wakes none.</summary>
    public async Task<ImmutableArray<ProjectSummary>> ListAsync(CancellationToken cancellation)
    {
        var all = ImmutableArray.CreateBuilder<ProjectSummary>();
        var query = new ProjectQuery();
        while (true)
        {
            var page = await farm.Listing.ListAsync(query, cancellation).ConfigureAwait(false);
            all.AddRange(page.Projects.Select(p => p.Summary));
            if (page.Next is not { } next)
            {
                return all.ToImmutable();
            }

            query = query with { Before = next };
        }
    }

    public async IAsyncEnumerable<FarmProgress> WatchAsync(ProjectId project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var mailbox = new ProgressMailbox();
        var watcher = Watcher(project, mailbox);
        try
        {
            FarmProgress progress;
            do
            {
                yield return progress = await mailbox.TakeAsync(cancellation).ConfigureAwait(false);
            }
            while (progress is not FarmProgress.Finished);
        }
        finally
        {
            // Nothing is posted to a mailbox that is gone; an actor system that ends takes the watcher with it.
            await Task.WhenAny(watcher.GracefulStop(TimeSpan.FromSeconds(AnswerSecondsMax)), farm.System.WhenTerminated).ConfigureAwait(false);
        }
    }

    private IActorRef Watcher(ProjectId project, ProgressMailbox mailbox)
    {
        try
        {
            return farm.System.ActorOf(WatchActor.Props(project, farm.Projects, mailbox));
        }
        catch (InvalidOperationException fault) when (farm.IsEnding)
        {
            throw new FarmException(WatchActor.Ended, fault);
        }
    }

    private async Task<T> AskAsync<T>(object question, Func<T, bool> isTryAgain, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var asked = farm.Projects.Ask<T>(question, AnswerWithin(attempt), cancellation);
                if (await Task.WhenAny(asked, farm.System.WhenTerminated).ConfigureAwait(false) != asked)
                {
                    _ = asked.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                    throw new FarmException(WatchActor.Ended);
                }

                var answer = await asked.ConfigureAwait(false);
                if (attempt == TriesMax || !isTryAgain(answer))
                {
                    return answer;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Limits.ResendMillis), cancellation).ConfigureAwait(false);
            }
            catch (AskTimeoutException) when (attempt < TriesMax)
            {
                // Lost, or the journal is slow: say it again.
            }
            catch (AskTimeoutException fault)
            {
                throw new FarmException(
                    ErrorCodes.Internal, "The farm does not answer.", "Look into farm.log in the data folder, then resume.", retryable: true, fault);
            }
        }
    }

    // What was lost with its actor (a database that crashed under a project's recovery, say) is said again soon; a slow journal is left in peace.
    private static TimeSpan AnswerWithin(int attempt) => TimeSpan.FromSeconds(Math.Min(AnswerSecondsMax, 1 << Math.Min(attempt - 1, 10)));
}
