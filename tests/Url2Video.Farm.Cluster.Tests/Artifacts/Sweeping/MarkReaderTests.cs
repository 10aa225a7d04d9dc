using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Sweeping;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Artifacts.Sweeping;

/// <summary>Everything that a film may still need is marked; where that cannot be known nothing is swept.</summary>
public sealed class MarkReaderTests(BothStores stores) : IClassFixture<BothStores>, IDisposable
{
    private static readonly string Picture = FakeFilm.Hash("a picture that only a storyboard names");
    private readonly TemporaryFolder _folder = new();
    private readonly ProjectId _film = TestFarm.NewId();

    private ArtifactStore Store => new(_folder["artifacts"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Run_MarksWhatFilmsPackagesLogsResultsAndDocumentsName(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var state = await FilmAsync(database, withDocuments: true);
        var (published, logged, known) = (FakeFilm.Hash("published"), FakeFilm.Hash("logged"), Films.Artifact("known"));
        await database.ExecuteAsync("INSERT INTO farm_package_file (project, path, sha256, bytes, term) VALUES ('p', 'x', @sha, 1, 1)", default, ("sha", published));
        await database.ExecuteAsync(
            "INSERT INTO farm_job_log (project, job, attempt, node, sha256, bytes, outcome, started_ms, ended_ms) VALUES ('p', 'j', 1, 'n', @sha, 1, 'failed', 0, 0)", default, ("sha", logged));
        await database.ExecuteAsync(
            "INSERT INTO farm_result (key, result, made_ms) VALUES ('k', @result, 0)", default, ("result", FarmJson.Write<JobResult>(new JobResult.Assembled([new OutputFile("video.mp4", known)]))));

        var marks = await new MarkReader(database, Store).RunAsync(default);

        var named = ArtifactsOf.State(state).Select(a => a.Id.Sha256).Concat([published, logged, known.Id.Sha256, Picture]).ToList();
        Assert.True(named.Count > 10);
        Assert.All(named, sha256 => Assert.True(marks.Has(sha256), sha256));
        Assert.False(marks.Has(FakeFilm.Hash("nobody names this")));
    }

    [Fact]
    public async Task Run_ADocumentOfAFilmThatGoesOnCannotBeRead_MarksNothing()
    {
        await using var database = await stores.OpenAsync(StoreKind.Sqlite);
        await FilmAsync(database, withDocuments: false);

        var fault = await Assert.ThrowsAsync<FarmException>(() => new MarkReader(database, Store).RunAsync(default));
        Assert.Equal(ErrorCodes.ArtifactMissing, fault.Error.Code);

        await database.ExecuteAsync(
            "INSERT INTO farm_project (id, tenant, band, stage, submitted_ms, ended_ms, chunks_done, chunks_total, sequence_nr) VALUES (@id, '', 0, 'x', 0, 1, 0, 0, 1)", default, ("id", _film.Value));
        await new MarkReader(database, Store).RunAsync(default); // It has ended, and its document is lost already: no reason never to sweep again.
    }

    [Fact]
    public async Task Run_AnEventOfANewerFarm_MarksNothing()
    {
        await using var database = await stores.OpenAsync(StoreKind.Sqlite);
        await FilmAsync(database, withDocuments: true);
        await database.ExecuteAsync("UPDATE journal SET manifest = 'u2v.project.dreamt.v9' WHERE sequence_number = 5", default);

        var fault = await Assert.ThrowsAsync<FarmException>(() => new MarkReader(database, Store).RunAsync(default));
        Assert.Equal(ErrorCodes.Format, fault.Error.Code);
    }

    [Fact]
    public async Task Keeper_SweepsWhatNoFilmNamesAndLeavesTheFilmWhole()
    {
        await using var database = await stores.OpenAsync(StoreKind.Sqlite);
        var state = await FilmAsync(database, withDocuments: true);
        var over = await Store.WriteAsync("the work of a zombie"u8.ToArray(), default);
        foreach (var path in Directory.EnumerateFiles(Store.Root, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-Limits.UnnamedArtifactHours - 1));
        }

        using var keeper = new ArtifactKeeper(database, Store, "farm", TimeProvider.System);
        var tried = await keeper.RunAsync(dryRun: true, default);
        var done = await keeper.RunAsync(dryRun: false, default);

        Assert.Equal((tried, new SweepReport(2, 1, over.Bytes)), (done, done));
        Assert.False(Store.Exists(over));
        Assert.True(Store.Exists(state.SourceDoc!.Value) && Store.Exists(state.Storyboard!.Value));
    }

    private async Task<ProjectState> FilmAsync(FarmDatabase database, bool withDocuments)
    {
        var events = Films.Begun(_film, 2).Events;
        if (withDocuments)
        {
            var source = await Store.WriteAsync("{}"u8.ToArray(), default);
            var board = await Store.WriteAsync(Encoding.UTF8.GetBytes($"{{\"scenes\":[{{\"image\":\"{Picture}\"}}]}}"), default);
            events = [.. events.Select(e => e is ProjectEvent.SourceIngested i ? i with { Result = i.Result with { SourceDoc = source, Storyboard = board } } : e)];
        }

        await database.WriteAsync(_film, 1, events);
        return events.Aggregate(new ProjectState(_film), (s, e) => s.Apply(e));
    }
}
