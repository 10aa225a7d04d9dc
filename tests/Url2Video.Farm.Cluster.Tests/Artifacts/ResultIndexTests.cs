using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Cluster.Tests.Artifacts;

public sealed class ResultIndexTests : IDisposable
{
    private static readonly ProjectId One = new("prj_1");
    private static readonly ProjectId Another = new("prj_2");

    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;
    private readonly ResultIndex _index;

    public ResultIndexTests()
    {
        _store = new ArtifactStore(_folder["artifacts"]);
        _index = new ResultIndex(_folder["results"], _store);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Find_AfterKeep_GivesTheSameResultToAnyProject()
    {
        var result = await ResultAsync("mp4");
        _index.Keep(Speak(One), result);

        var found = new ResultIndex(_folder["results"], _store).Find(Speak(Another));

        Assert.Equal(FarmJson.Write<JobResult>(result), FarmJson.Write(found!));
    }

    [Fact]
    public async Task Find_WebPage_IsGoodOnlyForTheProjectThatFetchedIt()
    {
        var result = await ResultAsync("page");
        _index.Keep(Fetch(One), result);

        Assert.NotNull(_index.Find(Fetch(One)));
        Assert.Null(_index.Find(Fetch(Another)));
    }

    [Fact]
    public async Task Find_ArtifactGone_WorksAgainAndKeepsTheNewResult()
    {
        var result = await ResultAsync("mp4");
        _index.Keep(Speak(One), result);
        File.Delete(_store.PathOf(((JobResult.Assembled)result).Files[0].File));

        Assert.Null(_index.Find(Speak(One)));
        _index.Keep(Speak(One), await ResultAsync("mp4"));
        Assert.NotNull(_index.Find(Speak(One)));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public void IsWhole_FilmWithoutWhatItIsSoughtBy_OnlyWhereNobodyAskedForIt(bool isWanted, bool isMade, bool expected)
    {
        var none = new RenditionFiles(new ArtifactRef(new ArtifactId("init"), 1), []);
        var wanted = new TrickPlayWork(TrickPlayKinds.All, new Rung("360p", 640, 360, 23, "veryfast"), none, 60);
        var assemble = new JobWork.Assemble(none.Init, OutputFormats.Hls, new Rational(30, 1), [], [], none, none) { TrickPlay = isWanted ? wanted : null };
        var job = Speak(One) with { Work = assemble };
        var result = new JobResult.Assembled([]) { TrickPlay = isMade ? new TrickPlayFiles(null, null) : null };

        Assert.Equal(expected, ResultNames.IsWhole(job, result));
        Assert.Equal(isWanted, ResultNames.Replaces(job));
    }

    [Fact]
    public void SweepTemporaries_AfterAKill_RemovesWhatWasHalfWritten()
    {
        Directory.CreateDirectory(_folder["results"]);
        File.WriteAllText(Path.Combine(_folder["results"], "123-1.tmp"), "{\"$is\":");

        _index.SweepTemporaries();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["results"]));
    }

    [Theory]
    [InlineData("{\"$is\":\"assem")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Find_EntryDamaged_WorksAgain(string content)
    {
        _index.Keep(Speak(One), await ResultAsync("mp4"));
        File.WriteAllText(Directory.EnumerateFiles(_folder["results"], "*.json", SearchOption.AllDirectories).Single(), content);

        Assert.Null(_index.Find(Speak(One)));
    }

    private static JobSpec Speak(ProjectId project) => Job(project, new JobWork.Speak(default, 0));

    private static JobSpec Fetch(ProjectId project) => Job(project, new JobWork.Ingest(FakeFilm.Request().Source, FakeFilm.Request().Brief));

    private static JobSpec Job(ProjectId project, JobWork work) => new(new JobId(project, "job"), new JobKey(FakeFilm.Hash("key")), work, [], 60);

    private async Task<JobResult> ResultAsync(string what) =>
        new JobResult.Assembled([new OutputFile("video.mp4", await _store.WriteAsync(FakeFilm.Bytes(what), CancellationToken.None))]);
}
