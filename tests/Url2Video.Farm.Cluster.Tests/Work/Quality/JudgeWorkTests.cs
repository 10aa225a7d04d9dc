using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Work.Quality;

namespace Url2Video.Farm.Cluster.Tests.Work.Quality;

/// <summary>The judge at his work: what he counts, and what becomes of the film when he cannot.</summary>
public sealed class JudgeWorkTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Rational s_fps = new(30, 1);
    private static readonly SceneSlot s_scene = new(0, 0, 102_400, 0, 64, 0, 0);

    /// <summary>A film for editing only: there is nothing to stream, and its frames are counted all the same.</summary>
    [Fact]
    public async Task Count_FilmOfProResAlone_CountsItsFrames()
    {
        using var folder = new TemporaryFolder();
        var artifacts = new ArtifactStore(folder["artifacts"]);
        var config = new ProResConfig("apch", 640, 360);
        var chunk = new ChunkSlot(0, [new SegmentSlot(0, 0, 30, 0, 47), new SegmentSlot(1, 30, 34, 47, 54)]);
        var samples = Enumerable.Range(0, 64).Select(i => new CodedSample(new byte[100], i, IsKey: true)).ToArray();
        var init = await artifacts.WriteAsync(CmafVideo.Init(config, s_fps), None);
        var segments = new List<ArtifactRef>();
        foreach (var segment in CmafVideo.Segments(chunk, s_fps, config, samples))
        {
            segments.Add(await artifacts.WriteAsync(segment, None));
        }

        var rung = new Rung("prores", 640, 360, 0, "") { Codec = VideoCodec.ProRes422, IsFileOnly = true };
        var work = WorkOf(default, init) with { Sources = new FileSources([new FileRendition(rung, new RenditionFiles(init, [.. segments]))], null) };

        Assert.Equal(new CodedPictures(64, true), await QualityMaker.CountAsync(work, ContextOf(folder, artifacts)));
        Assert.Null(await QualityMaker.CountAsync(WorkOf(default, init), ContextOf(folder, artifacts)));
    }

    [Fact]
    public async Task Assemble_JudgeThatFails_CostsTheReportAndNotTheFilm()
    {
        using var folder = new TemporaryFolder();
        var (artifacts, lines) = (new ArtifactStore(folder["artifacts"]), new List<string>());
        using var listening = MediaLog.Listen(lines.Add);
        var job = await JobOfAsync(artifacts, QualityMode.Report);

        var result = Assert.IsType<JobResult.Assembled>(await new AssembleWork().RunAsync(job, ContextOf(folder, artifacts)));

        Assert.Null(result.Verdict);
        Assert.Contains(result.Files, f => f.Name == OutputNames.Storyboard);
        Assert.DoesNotContain(result.Files, f => f.Name == QualityJson.FileName);
        Assert.Contains(lines, l => l.Contains("without a report", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Assemble_JudgeThatFailsAtAGate_FailsTheJob()
    {
        using var folder = new TemporaryFolder();
        var artifacts = new ArtifactStore(folder["artifacts"]);
        var job = await JobOfAsync(artifacts, QualityMode.Gate);

        await Assert.ThrowsAnyAsync<Exception>(() => new AssembleWork().RunAsync(job, ContextOf(folder, artifacts)));
    }

    /// <summary>Of a film that is longer than the judge may hold in memory, the rest is told as not measured.</summary>
    [Fact]
    public async Task Judge_FilmLongerThanTheLimit_TellsWhatIsNotMeasured()
    {
        using var folder = new TemporaryFolder();
        var artifacts = new ArtifactStore(folder["artifacts"]);
        var (first, second) = (TapeOf(0, Limits.QualityFilmFramesMax), TapeOf(Limits.QualityFilmFramesMax, 30));
        var quality = new QualityWork(
            QualityMode.Report, 360, Limits.QualityFilmFramesMax + 30, 102_400,
            [await artifacts.WriteAsync(PictureTapeFile.Write(first), None), await artifacts.WriteAsync(PictureTapeFile.Write(second), None)], null, -140, -15);

        var report = await QualityMaker.JudgeAsync(Board(), WorkOf(default, default), quality, ContextOf(folder, artifacts));

        Assert.Equal(Limits.QualityFilmFramesMax, report.Figures.FramesMeasured);
        Assert.Equal(Limits.QualityFilmFramesMax, report.Findings.Single(f => f.Code == FindingCodes.Unmeasured).Measured);

        static PictureTape TapeOf(long from, int frames) => new(1, 1, from, new byte[2 * frames], [], []);
    }

    /// <summary>The tape of the film is nowhere.</summary>
    private static async Task<JobSpec> JobOfAsync(ArtifactStore artifacts, QualityMode mode)
    {
        var storyboard = await artifacts.WriteAsync(StoryboardWriter.Write(Board()), None);
        var missing = new ArtifactRef(new ArtifactId(FakeFilm.Hash("tape")), 10);
        var work = WorkOf(storyboard, storyboard) with { Quality = new QualityWork(mode, 360, 64, 102_400, [missing], null, -140, -15) };
        return new JobSpec(new JobId(new ProjectId("prj_1"), "assemble"), new JobKey(FakeFilm.Hash("key")), work, [], 60);
    }

    private static Storyboard Board()
    {
        var scene = new Scene(
            "a", SceneRole.Point, "", [], new Visual.Procedural(Pattern.Waves, 1, null, null), new Transition(TransitionKind.Cut, 0), SceneTiming.Default, null);
        return new Storyboard(
            "Film", "en", new Canvas(640, 360, s_fps), new Voice("flite:rms", 100), null, -140, new CaptionLook(CaptionPlacement.None, CaptionStyle.Karaoke), Palette.Default, [scene]);
    }

    private static JobWork.Assemble WorkOf(ArtifactRef storyboard, ArtifactRef init) =>
        new(storyboard, OutputFormats.Hls, s_fps, [s_scene], [null], new RenditionFiles(init, []), new RenditionFiles(init, []));

    private static WorkContext ContextOf(TemporaryFolder folder, ArtifactStore artifacts) =>
        new(default, artifacts, Directory.CreateDirectory(folder["scratch"]).FullName, new Progress<WorkProgress>(), None);
}
