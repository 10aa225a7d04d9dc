using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Akka.Actor;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Scheduling;

/// <summary>Limits and tenants with their journal, and the dispatcher that goes by them, in one process.</summary>
public sealed class SettingsTests : IAsyncLifetime, IDisposable
{
    private static readonly JobId Job = new(TestFarm.NewId(), "render/000001");
    private readonly TemporaryFolder _folder = new();
    private FarmSystem _farm = null!;

    private SchedulingClient Client => new(_farm);

    public Task InitializeAsync()
    {
        _farm = Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _farm.StopAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Limit_ThatWasSet_IsKnownToTheDispatcher_AndAfterARestart()
    {
        await Client.SetLimitAsync("licence-x", 50, "test");
        Assert.Equal(50, await Client.LimitAsync("licence-x"));
        await QueueUntilAsync(q => q.Limits.Contains(new LimitUse("licence-x", 0, 50, 0)));

        await _farm.StopAsync();
        _farm = Start();
        _farm.Dispatcher.Tell(Offer() with { Limits = ["licence-x"] });

        await QueueUntilAsync(q => q.Limits.Contains(new LimitUse("licence-x", 0, 50, 1)));
        Assert.Equal(50, await Client.LimitAsync("licence-x"));
    }

    [Fact]
    public async Task UndefinedLimit_AnswersNull_AndItsJobSaysSo()
    {
        Assert.Null(await Client.LimitAsync("never"));
        _farm.Dispatcher.Tell(Offer() with { Limits = ["never", "no name: \n"] });

        await QueueUntilAsync(q => q.Limits.Length == 2 && q.Queued == 1);
        var why = await Client.ExplainAsync(Job);

        Assert.Contains(why.Reason, (WaitReason[])[WaitReason.NoNodes, WaitReason.LimitUndefined]);
    }

    [Fact]
    public async Task Tenant_ThatIsPaused_HoldsItsJobs_UntilItIsResumed()
    {
        await Client.SetTenantAsync("studio", new TenantSettings(2, 10, 5, Paused: true), "test");
        _farm.Dispatcher.Tell(Offer() with { Tenant = "studio" });
        await QueueUntilAsync(q => q.Reasons.Contains(new ReasonReport(WaitReason.TenantPaused, 1)));

        await Client.SetTenantAsync("studio", TenantSettings.Default, "test");

        await QueueUntilAsync(q => q.Reasons.Contains(new ReasonReport(WaitReason.NoNodes, 1)));
        Assert.Equal(TenantSettings.Default, await Client.TenantAsync("studio"));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("a/b", 1)]
    [InlineData("a", -1)]
    public async Task Limit_OfABadNameOrNumber_IsRefused(string name, int max) =>
        Assert.Equal(ErrorCodes.InvalidArgument, (await Assert.ThrowsAsync<FarmException>(() => Client.SetLimitAsync(name, max, "test"))).Error.Code);

    private static DispatchMessage.Offer Offer() => new(Job, 1, [], 1, 0, DateTimeOffset.UnixEpoch, 1);

    // Repeats its offer as a job would.
    private async Task QueueUntilAsync(Func<QueueReport, bool> fits)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (!fits(await Client.QueueAsync(patience.Token)))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private FarmSystem Start() => FarmSystem.StartEmbedded(new FarmSystemSetup(
        StoreUrl.OfFile(_folder["farm.db"]), new ArtifactStore(_folder["artifacts"]), TimeProvider.System, NullLoggerFactory.Instance, LogLevel.None));
}
