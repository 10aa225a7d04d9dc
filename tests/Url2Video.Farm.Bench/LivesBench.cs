using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Bench;

/// <summary>
/// Whole job lives a second: offered → assigned → granted → accepted → finished → in the journal → acknowledged, through the real project and
/// job actors, dispatcher and node logic, on a real PostgreSQL with fsync. Beside it the floor: the same rows, written raw in batches.
/// </summary>
internal static class LivesBench
{
    private const int Nodes = 8;
    private const int SceneMs = 8_000;

    public static async Task<int> RunAsync(int projects, int scenes)
    {
        await using var server = await PostgresServer.StartAsync();
        var store = await server.CreateDatabaseAsync();
        await using var database = await FarmDatabase.OpenAsync(store);
        var folder = Directory.CreateTempSubdirectory("farm-lives-");
        InstantNode.Film(Facts(scenes));
        var farm = FarmSystem.StartEmbedded(new FarmSystemSetup(
            store, new ArtifactStore(folder.FullName), TimeProvider.System, NullLoggerFactory.Instance, LogLevel.Warning) { Database = database });
        for (var i = 0; i < Nodes; i++)
        {
            var name = new NodeId(string.Create(CultureInfo.InvariantCulture, $"node-{i}"));
            farm.System.ActorOf(Props.Create(() => new InstantNode(name, 64, farm.Projects, farm.Dispatcher)));
        }

        var client = new FarmClient(farm);
        await LiveAsync(client, Math.Max(2, projects / 2)); // Compiled to the last tier, connected, warm: a server runs for weeks.
        var (rowsBefore, bytesBefore) = await JournalAsync(database);
        var (watch, own, theirs) = (Stopwatch.StartNew(), OwnCpu(), ServerCpu(server));
        var lives = await LiveAsync(client, projects);
        var (seconds, ownCpu, theirCpu) = (watch.Elapsed.TotalSeconds, OwnCpu() - own, ServerCpu(server) - theirs);
        var (rows, bytes) = await JournalAsync(database);
        var floor = await FloorAsync(store, rowsBefore);
        await farm.StopAsync();
        folder.Delete(recursive: true);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            projects {projects}, jobs {lives}, seconds {seconds:F2}
            lives/s            {lives / seconds:F0}
            events/s           {(rows - rowsBefore) / seconds:F0} ({(double)lives / (rows - rowsBefore):F2} lives an event)
            CPU ms a life      farm {ownCpu * 1000 / lives:F3}, PostgreSQL {theirCpu * 1000 / lives:F3}
            journal bytes/life {(double)(bytes - bytesBefore) / lives:F0}
            floor: the same rows raw, 1,000 a transaction: {floor.Rows / floor.Seconds:F0} events/s = {lives / floor.Seconds:F0} lives/s
            """));
        return 0;
    }

    private static async Task<long> LiveAsync(FarmClient client, int projects)
    {
        var request = new ProjectRequest(
            new SourceSpec.WebPage("https://example.test/page"),
            new Brief(640, 360, new Rational(30, 1), null, null, "en", -140, false, CaptionPlacement.None, 7),
            OutputFormats.Mp4,
            [360, 240]);
        var jobs = await Task.WhenAll(Enumerable.Range(0, projects).Select(async _ =>
        {
            var id = ProjectIds.New(TimeProvider.System);
            await client.CommandAsync(id, new ProjectMessage.Submit(request), CancellationToken.None);
            var done = 0;
            await foreach (var progress in client.WatchAsync(id, CancellationToken.None))
            {
                done = progress is FarmProgress.Work work ? work.JobsDone : done;
                if (progress is FarmProgress.Finished { Error: { } error })
                {
                    throw new InvalidOperationException(error.ToString());
                }
            }

            return done;
        }));
        return jobs.Sum(j => (long)j);
    }

    private static StoryboardFacts Facts(int scenes) => new(
        "Bench", "en", 640, 360, new Rational(30, 1), new string('a', 64),
        [.. Enumerable.Range(0, scenes).Select(i => new SceneFacts($"s{i}", null, new string('b', 64), 1_000, SceneMs, 0, 0, 0, []))]);

    private static async Task<(long Rows, long Bytes)> JournalAsync(FarmDatabase database) => (await database.QueryAsync(
        "SELECT COUNT(*), COALESCE(SUM(OCTET_LENGTH(message)), 0)::bigint FROM journal WHERE persistence_id > 'project-' AND persistence_id < 'project.'",
        r => (r.GetInt64(0), r.GetInt64(1)),
        CancellationToken.None))[0];

    /// <summary>The rows of the journal again, into a table of the same form.</summary>
    private static async Task<(long Rows, double Seconds)> FloorAsync(StoreUrl store, long skip)
    {
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync();
        await RunAsync(connection, "CREATE TABLE floor (LIKE journal INCLUDING ALL)");
        var rows = new List<(string Id, long Nr, byte[] Message, string Manifest)>();
        await using (var read = new NpgsqlCommand(
            $"SELECT persistence_id, sequence_number, message, manifest FROM journal WHERE persistence_id > 'project-' AND persistence_id < 'project.' ORDER BY ordering OFFSET {skip}", connection))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                rows.Add((reader.GetString(0), reader.GetInt64(1), (byte[])reader.GetValue(2), reader.GetString(3)));
            }
        }

        var watch = Stopwatch.StartNew();
        foreach (var some in rows.Chunk(1_000))
        {
            await using var insert = new NpgsqlCommand(
                "INSERT INTO floor (created, deleted, persistence_id, sequence_number, message, manifest) SELECT 0, FALSE, * FROM unnest($1, $2, $3, $4)", connection);
            insert.Parameters.Add(new() { Value = some.Select(r => r.Id).ToArray() });
            insert.Parameters.Add(new() { Value = some.Select(r => r.Nr).ToArray() });
            insert.Parameters.Add(new() { Value = some.Select(r => r.Message).ToArray() });
            insert.Parameters.Add(new() { Value = some.Select(r => r.Manifest).ToArray() });
            await insert.ExecuteNonQueryAsync();
        }

        return (rows.Count, watch.Elapsed.TotalSeconds);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static double OwnCpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>Of the postmaster and all its children that live.</summary>
    private static double ServerCpu(PostgresServer server) => Directory.EnumerateDirectories("/proc")
        .Where(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _))
        .Select(Stat)
        .Where(s => s is { } stat && (stat.Id == server.ProcessId || stat.Parent == server.ProcessId))
        .Sum(s => s!.Value.CpuTicks / 100.0);

    private static (int Id, int Parent, long CpuTicks)? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (
                int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null; // Ended meanwhile.
        }
    }
}
