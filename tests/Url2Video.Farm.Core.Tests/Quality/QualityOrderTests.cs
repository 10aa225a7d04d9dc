using System.Text;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Orders;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Tests.Planning;

namespace Url2Video.Farm.Core.Tests.Quality;

/// <summary>How a judgement is ordered, and what that does to the keys of works.</summary>
public sealed class QualityOrderTests
{
    [Theory]
    [InlineData(null, QualityMode.Report)]
    [InlineData("report", QualityMode.Report)]
    [InlineData("Gate", QualityMode.Gate)]
    [InlineData("off", QualityMode.Off)]
    public void Judge_EveryWord_IsItsMode(string? word, QualityMode mode) => Assert.Equal(mode, OrderRules.Judge(new OrderWishes { Quality = word }).Order!.Quality);

    [Fact]
    public void Judge_AnotherWord_IsRefusedByItsField()
    {
        var fault = Assert.Single(OrderRules.Judge(new OrderWishes { Quality = "strict" }).Faults);

        Assert.Equal(("quality", "strict", "report, gate or off"), (fault.Field, fault.Value, fault.Allowed));
    }

    [Fact]
    public void Judge_APresetWithAGate_GivesWayToWhatIsSaid()
    {
        Assert.Equal(QualityMode.Gate, OrderRules.Judge(new OrderWishes { Preset = "broadcast" }).Order!.Quality);
        Assert.Equal(QualityMode.Report, OrderRules.Judge(new OrderWishes { Preset = "broadcast", Quality = "report" }).Order!.Quality);
        Assert.Equal(QualityMode.Report, OrderRules.Judge(new OrderWishes { Preset = "youtube" }).Order!.Quality);
    }

    [Theory]
    [InlineData("""{"source":{"url":"https://example.com/"},"quality":"gate"}""", QualityMode.Gate)]
    [InlineData("""{"source":{"url":"https://example.com/"}}""", QualityMode.Report)]
    public void Read_AnOrderOverTheApi_HasItsMode(string json, QualityMode mode) =>
        Assert.Equal(mode, FilmRequestReader.Read(Encoding.UTF8.GetBytes(json)).Request!.Order.Quality);

    [Fact]
    public void Read_AnotherWordOverTheApi_IsRefusedWithItsPointer()
    {
        var reading = FilmRequestReader.Read("""{"source":{"url":"https://example.com/"},"quality":"strict"}"""u8.ToArray());

        Assert.Equal("/quality", Assert.Single(reading.Findings).Pointer);
    }

    /// <summary>A film of yesterday is not rendered anew because it is judged today; a gate wants measures that yesterday's results do not have.</summary>
    [Fact]
    public void Keys_OfPicturesAndSound_FollowTheModeOnlyForAGate()
    {
        var facts = Films.Facts(Films.Scene("a", isFixed: 9_000));
        var slot = new SceneSlot(0, 0, 432_000, 0, 270, 0, 0);
        var segment = new SegmentSlot(0, 0, 64, 0, 100);
        var render = new JobWork.Render(
            Films.Artifact("board"), new Rational(30, 1), 1280, 720, [new Rung("720p", 1280, 720, 23, "veryfast")], [slot], [null], new ChunkSlot(0, [segment]));
        var mix = new JobWork.Mix(Films.Artifact("board"), new Rational(30, 1), 432_000, [slot], [null], [segment]);

        // The key of this work as it was before there was a quality stage.
        Assert.Equal(JobKeys.Of(render, facts), JobKeys.Of(render with { Quality = QualityMode.Off }, facts));
        Assert.NotEqual(JobKeys.Of(render, facts), JobKeys.Of(render with { Quality = QualityMode.Gate }, facts));
        Assert.Equal(JobKeys.Of(mix, facts), JobKeys.Of(mix with { Quality = QualityMode.Off }, facts));
        Assert.NotEqual(JobKeys.Of(mix, facts), JobKeys.Of(mix with { Quality = QualityMode.Gate }, facts));
    }

    [Fact]
    public void Keys_OfTheLastJob_FollowWhatItJudgesBy()
    {
        var files = new RenditionFiles(Films.Artifact("init"), [Films.Artifact("segment")]);
        var plain = new JobWork.Assemble(Films.Artifact("board"), OutputFormats.Mp4, new Rational(30, 1), [], [], files, files);
        var judged = plain with { Quality = new QualityWork(QualityMode.Report, 720, 64, 102_400, [Films.Artifact("tape")], Films.Artifact("sound"), -140, -15) };

        JobWork[] all =
        [
            plain,
            judged,
            judged with { Quality = judged.Quality! with { Mode = QualityMode.Gate } },
            judged with { Quality = judged.Quality! with { ShortSideMin = 1080 } },
            judged with { Quality = judged.Quality! with { Pictures = [Films.Artifact("another tape")] } },
            judged with { Quality = judged.Quality! with { Sound = null } },
            judged with { Quality = judged.Quality! with { LoudnessLufsTenths = -141 } },
            judged with { Quality = judged.Quality! with { TruePeakDbTenths = -14 } },
        ];

        Assert.Equal(all.Length, all.Select(w => JobKeys.Of(w, null)).Distinct().Count());
    }
}
