using System.Diagnostics;
using Akka.Actor;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>
/// Measures how long a farm of two servers is without its projects when one of them is killed or leaves. Not a test: it is run by hand
/// (<c>dotnet Url2Video.Farm.Cluster.Tests.dll failover kill 10</c>) and prints figures.
/// </summary>
internal static class FailoverTrials
{
    private const int Projects = 16;

    public static async Task<int> RunAsync(string how, int trials, Action<string> say)
    {
        await using var postgres = await PostgresServer.StartAsync();
        var answered = new List<double>();
        var granted = new List<double>();
        for (var trial = 0; trial < trials; trial++)
        {
            // By turns the one that goes is the older, who hosts the singletons, and the younger.
            var (answer, grant, left) = await OneAsync(postgres, how, isOlderLost: trial % 2 == 0);
            answered.Add(answer.TotalSeconds);
            granted.Add(grant.TotalSeconds);
            say($"{how} {(trial % 2 == 0 ? "older" : "younger")}: all {Projects} projects answered after {answer.TotalSeconds:F1} s, work of all granted after {grant.TotalSeconds:F1} s {left}");
        }

        say($"answered: {Figures(answered)}; granted: {Figures(granted)}");
        return 0;
    }

    private static async Task<(TimeSpan Answered, TimeSpan Granted, string Left)> OneAsync(PostgresServer postgres, string how, bool isOlderLost)
    {
        using var folder = new TemporaryFolder();
        var store = await postgres.CreateDatabaseAsync();
        var url = postgres.UrlOf(new Npgsql.NpgsqlConnectionStringBuilder(store.ConnectionString).Database!);
        var lost = isOlderLost ? await ServerProcess.StartAsync(url, folder.Root) : null;
        await using var stays = await TestServer.StartAsync(store, folder.Root);
        lost ??= await ServerProcess.StartAsync(url, folder.Root);
        await using var _ = lost;
        await stays.SeesAsync(2);
        var ids = Enumerable.Range(0, Projects).Select(_ => TestFarm.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => stays.SubmitAsync(id, folder)));
        await Task.Delay(TimeSpan.FromSeconds(4)); // The younger server gets its share of the shards meanwhile.

        var watch = Stopwatch.StartNew();
        var says = Task.FromResult<string?>(null);
        if (how == "kill")
        {
            await lost.KillAsync();
        }
        else
        {
            lost.Leave();
            says = lost.ReadAsync();
        }

        var left = await says ?? string.Empty;
        var grants = Granting.AllAsync(stays, Projects);
        await Task.WhenAll(ids.Select(id => AnswerAsync(stays, id)));
        var answered = watch.Elapsed;
        await grants;
        return (answered, watch.Elapsed, left);
    }

    private static async Task AnswerAsync(TestServer server, ProjectId id)
    {
        while (true)
        {
            try
            {
                Assert.NotNull((await server.Server.Farm.Projects.Ask<Protocol.SummaryReply>(new Protocol.GetSummary(id), TimeSpan.FromMilliseconds(250))).Summary);
                return;
            }
            catch (AskTimeoutException)
            {
                // Not yet.
            }
        }
    }

    private static string Figures(List<double> seconds)
    {
        seconds.Sort();
        return $"min {seconds[0]:F1} s, median {seconds[seconds.Count / 2]:F1} s, max {seconds[^1]:F1} s of {seconds.Count}";
    }
}
