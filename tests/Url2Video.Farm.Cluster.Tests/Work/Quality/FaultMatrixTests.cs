using Url2Video.Farm.Core.Quality;
using static Url2Video.Farm.Cluster.Tests.Work.Quality.SyntheticFilm;

namespace Url2Video.Farm.Cluster.Tests.Work.Quality;

/// <summary>Films with exactly one fault: it is found where it is, and nothing else is. Pixels in, report out.</summary>
public sealed class FaultMatrixTests
{
    public static TheoryData<string> Pictures => [.. PictureFault.All.Select(f => f.Name)];

    public static TheoryData<string, string?, int> Sounds => new()
    {
        { "good", null, 0 },
        { "silent", FindingCodes.Silence, 0 },
        { "silent for three seconds", FindingCodes.Silence, 2_000 },
        { "too quiet", FindingCodes.Loudness, 0 },
        { "too loud a peak", FindingCodes.TruePeak, 0 },
        { "clipped", FindingCodes.Clipping, 4_000 },
        { "50 ms early", FindingCodes.Sync, 0 },
        { "50 ms late", null, 0 },
        { "70 ms late", FindingCodes.Sync, 0 },
        { "fast captions", FindingCodes.CaptionSpeed, 3_500 },
        { "long lines", FindingCodes.CaptionLine, 3_500 },
        { "short captions", FindingCodes.CaptionShort, 3_500 },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Pictures_WithOneFault_HaveThatFinding(string name)
    {
        var fault = PictureFault.All.Single(f => f.Name == name);

        var report = Judge(Measure(fault.PaintFilm));

        if (fault.Code is null)
        {
            Assert.Empty(report.Findings);
            return;
        }

        var finding = Assert.Single(report.Findings);
        Assert.Equal((fault.Code, "s1"), (finding.Code, finding.Scene));

        // What is looked at in every eighth frame is known to a quarter of a second.
        Assert.InRange(finding.StartMs, 2_000 - 40, 2_000 + 300);
        Assert.InRange(finding.EndMs, (fault.End * 1000 / 30) - 300, (fault.End * 1000 / 30) + 300);
    }

    [Theory]
    [MemberData(nameof(Sounds))]
    public void Sound_WithOneFault_HasThatFinding(string fault, string? code, int startMs)
    {
        var measure = GoodSound.Measure!;
        var (sound, cues) = fault switch
        {
            "silent" => (GoodSound with { LufsHundredths = -7_000, Measure = measure with { Levels = [.. measure.Levels.Select(_ => SoundMeasure.Nothing)] } }, GoodCues),
            "silent for three seconds" => (GoodSound with { Measure = measure with { Levels = [.. measure.Levels.Select((l, i) => i is >= 20 and < 50 ? -8_000 : l)] } }, GoodCues),
            "too quiet" => (GoodSound with { LufsHundredths = -1_560 }, GoodCues),
            "too loud a peak" => (GoodSound with { TruePeakDbHundredths = -40 }, GoodCues),
            "clipped" => (GoodSound with { Measure = measure with { ClippedRuns = 9, FirstClip = 4 * 48_000 } }, GoodCues),
            "50 ms early" => (GoodSound with { Measure = measure with { OffsetSamples = -2_400 } }, GoodCues),
            "50 ms late" => (GoodSound with { Measure = measure with { OffsetSamples = 2_400 } }, GoodCues),
            "70 ms late" => (GoodSound with { Measure = measure with { OffsetSamples = 3_360 } }, GoodCues),
            "fast captions" => (GoodSound, GoodCues.Add(CueOf(3_500, 4_500, "More than anybody can read at once", "in a single second"))),
            "long lines" => (GoodSound, GoodCues.Add(CueOf(3_500, 7_500, "This line of a caption is by far longer than forty-two columns"))),
            "short captions" => (GoodSound, GoodCues.Add(CueOf(3_500, 3_700, "Gone"))),
            _ => (GoodSound, GoodCues),
        };

        var report = Judge(Measure(PaintClean), sound, cues);

        Assert.Equal(code is null ? [] : [code], report.Findings.Select(f => f.Code));
        Assert.All(report.Findings, f => Assert.Equal(startMs, f.StartMs));
    }

    /// <summary>The same report, to the byte, whatever the chunks: also when a cut lies inside a flash, a stand-still or a black moment.</summary>
    [Theory]
    [InlineData("clean")]
    [InlineData("black")]
    [InlineData("frozen")]
    [InlineData("four flashes a second")]
    [InlineData("blur")]
    public void Report_OfAnyCuts_IsTheSame(string name)
    {
        var fault = PictureFault.All.Single(f => f.Name == name);
        var whole = QualityJson.Write(Judge(Measure(fault.PaintFilm)));

        Assert.Equal(whole, QualityJson.Write(Judge(Measure(fault.PaintFilm, 77))));
        Assert.Equal(whole, QualityJson.Write(Judge(Measure(fault.PaintFilm, 1, 61, 62, 70, 100, 119, 239))));
        Assert.Equal(whole, QualityJson.Write(Judge(Measure(fault.PaintFilm, 30, 60, 90, 120, 150, 180, 210))));
    }
}
