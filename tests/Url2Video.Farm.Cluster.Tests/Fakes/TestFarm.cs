using Akka.Configuration;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node.Embedded;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>Real embedded farms in one folder, started again and again.</summary>
internal static class TestFarm
{
    /// <summary>Far beyond what any step takes; a test that hangs fails with the name of what it waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);



    public static EmbeddedFarm Start(TemporaryFolder folder, FakeFarmhand hand, int workers = 2, string overrides = "") => EmbeddedFarm.Start(
        new FarmOptions { DataDir = folder["data"], Workers = workers },
        hand.Works,
        ConfigurationFactory.ParseString(PassThroughSerializer.Hocon + "\n" + overrides));

    public static ProjectId NewId() => ProjectIds.New(TimeProvider.System);

    /// <summary>Watches until a progress report fits.</summary>
    public static async Task<T> UntilAsync<T>(this IFarm farm, ProjectId id, Func<T, bool>? fits = null)
        where T : FarmProgress
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var progress in farm.WatchAsync(id, patience.Token))
        {
            if (progress is T wanted && (fits is null || fits(wanted)))
            {
                return wanted;
            }
        }

        throw new InvalidOperationException($"The project ended before {typeof(T).Name} came.");
    }
}
