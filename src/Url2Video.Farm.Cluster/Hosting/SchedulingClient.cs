using Akka.Actor;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Settings;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Speaks to the dispatcher and to what it goes by: limits, tenants, nodes. Every command may be repeated.</summary>
internal sealed class SchedulingClient(FarmSystem farm)
{
    private const int TriesMax = 3;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Why a job does not run.</summary>
    public Task<Explanation> ExplainAsync(JobId job, CancellationToken cancellation = default) => AskAsync<Explanation>(farm.Dispatcher, new ExplainJob(job), cancellation);

    public Task<QueueReport> QueueAsync(CancellationToken cancellation = default) => AskAsync<QueueReport>(farm.Dispatcher, new GetQueue(), cancellation);

    /// <param name="max">Null removes the limit.</param>
    /// <param name="by">Who wants it.</param>
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public async Task SetLimitAsync(string name, int? max, string by, CancellationToken cancellation = default)
    {
        Check(SettingRules.Problem(name, max));
        Check((await AskAsync<Reply>(farm.Settings.Limits, new ChangeLimit(name, max, by), cancellation).ConfigureAwait(false)).Error);
    }

    /// <returns>Null: there is no such limit.</returns>
    public async Task<int?> LimitAsync(string name, CancellationToken cancellation = default)
    {
        Check(SettingRules.Problem(name, 0));
        return (await AskAsync<DispatchMessage.SetLimit>(farm.Settings.Limits, new GetLimit(name), cancellation).ConfigureAwait(false)).Max;
    }

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public async Task SetTenantAsync(string name, TenantSettings settings, string by, CancellationToken cancellation = default)
    {
        Check(SettingRules.Problem(name, settings));
        Check((await AskAsync<Reply>(farm.Settings.Tenants, new ChangeTenant(name, settings, by), cancellation).ConfigureAwait(false)).Error);
    }

    public async Task<TenantSettings> TenantAsync(string name, CancellationToken cancellation = default)
    {
        Check(SettingRules.Problem(name, TenantSettings.Default));
        return (await AskAsync<DispatchMessage.SetTenant>(farm.Settings.Tenants, new GetTenant(name), cancellation).ConfigureAwait(false)).Settings;
    }

    /// <summary>The dispatcher suspects the node until it is pardoned. It may go on with what it has.</summary>
    public void Quarantine(NodeId node, string reason) => farm.Dispatcher.Tell(new DispatchMessage.Quarantine(node, reason, null, 1));

    public void Pardon(NodeId node) => farm.Dispatcher.Tell(new DispatchMessage.Pardon(node));

    private static void Check(FarmError? error)
    {
        if (error is not null)
        {
            throw new FarmException(error);
        }
    }

    private static async Task<T> AskAsync<T>(IActorRef whom, object question, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await whom.Ask<T>(question, AnswerWithin, cancellation).ConfigureAwait(false);
            }
            catch (AskTimeoutException) when (attempt < TriesMax)
            {
                // Lost, or the dispatcher moves: say it again.
            }
            catch (AskTimeoutException fault)
            {
                throw new FarmException(ErrorCodes.FarmBusy, "The dispatcher does not answer.", "Try again; it moves to another server within 12 s.", retryable: true, fault);
            }
        }
    }
}
