using System.Text;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Quality;

/// <summary>The report as programs in the field read it. A change of these bytes is a new version of the schema.</summary>
public sealed class QualityJsonTests
{
    [Fact]
    public void Write_AReport_GivesTheGoldenText()
    {
        var film = Tapes.Outline(60) with { Palette = [new PaletteEntry("text", "#fafaf7", true)] };
        var report = new QualityReport(
            film,
            [
                new Finding(FindingCodes.Flash, Severity.Error, 200, 900, "hook", 4, 3, "flashes/s", "The picture flashes 4 times within a second.", "Slow it down."),
                new Finding(FindingCodes.Loudness, Severity.Warning, 0, 2_000, null, -14.76m, -14, "LUFS", "The film is „0.8“ LU quieter.", "Ask for another."),
            ],
            new QualityFigures
            {
                FramesMeasured = 60, SpatialMean = 4_210, SpatialMax = 8_000, TemporalMean = 125, TemporalMax = 900, LumaMean = 9_950, ContrastMin = 4_710, Palette = [12],
                CaptionCount = 2, CaptionSpeedTenthsMax = 171, Sound = new SoundFacts(-1_476, -130, new SoundMeasure(96_000, [-1_000], 0, -1, 2)),
            });

        var text = Encoding.UTF8.GetString(QualityJson.Write(report));

        Assert.Equal(
            """
            {
              "schema": "url2video.quality/1",
              "verdict": "errors",
              "errors": 1,
              "warnings": 1,
              "remarks": 0,
              "film": {
                "width": 1920,
                "height": 1080,
                "fps": "30",
                "frames": 60,
                "framesMeasured": 60,
                "ms": 2000
              },
              "pictures": {
                "siMean": 42.1,
                "siMax": 80,
                "tiMean": 1.25,
                "tiMax": 9,
                "lumaMean": 99.5,
                "textContrastMin": 4.71,
                "palette": [
                  {
                    "role": "text",
                    "colour": "#fafaf7",
                    "permilleMax": 12
                  }
                ]
              },
              "sound": {
                "lufs": -14.76,
                "truePeakDb": -1.3,
                "clippedPlaces": 0,
                "offsetSamples": 2
              },
              "captions": {
                "count": 2,
                "charactersPerSecondMax": 17.1
              },
              "findings": [
                {
                  "code": "QC_FLASH",
                  "severity": "error",
                  "startMs": 200,
                  "endMs": 900,
                  "scene": "hook",
                  "measured": 4,
                  "bound": 3,
                  "unit": "flashes/s",
                  "message": "The picture flashes 4 times within a second.",
                  "wayOut": "Slow it down."
                },
                {
                  "code": "QC_LOUDNESS",
                  "severity": "warning",
                  "startMs": 0,
                  "endMs": 2000,
                  "measured": -14.76,
                  "bound": -14,
                  "unit": "LUFS",
                  "message": "The film is „0.8“ LU quieter.",
                  "wayOut": "Ask for another."
                }
              ]
            }

            """,
            text);

        var read = QualityJson.TryRead(Encoding.UTF8.GetBytes(text))!.Value;
        Assert.Equal((1, 1, 0), (read.Errors, read.Warnings, read.Remarks));
        Assert.Equal("QC_FLASH at 0:00.200, scene hook, 4 flashes/s (bound 3): The picture flashes 4 times within a second.", read.Findings[0].Line);
        Assert.StartsWith("Quality: 1 error, 1 warning, 0 remarks;", QualityText.Summary(read.Errors, read.Warnings, read.Remarks, read.Findings), StringComparison.Ordinal);
        Assert.Equal(read.Findings[0].Line, Assert.Single(report.Verdict.Worst));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"url2video.quality/2\"}")]
    [InlineData("{\"schema\":\"url2video.quality/1\",\"errors\":1}")]
    [InlineData("{\"schema\":7}")]
    public void TryRead_AnythingElse_IsNoReport(string text) => Assert.Null(QualityJson.TryRead(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void SoundMeasure_WrittenAndRead_IsTheSame()
    {
        var measure = new SoundMeasure(96_000, [-1_000, -12_000], 3, 4_711, -17);

        var back = SoundMeasure.TryRead(measure.Write())!;

        Assert.Equal((96_000L, 3, 4_711L, -17), (back.Samples, back.ClippedRuns, back.FirstClip, back.OffsetSamples));
        Assert.Equal<IEnumerable<int>>(measure.Levels, back.Levels);
        Assert.Null(SoundMeasure.TryRead((measure with { OffsetSamples = null }).Write())!.OffsetSamples);
        Assert.All(["", "u2v-sound/1\n1 2 3 4\n", "u2v-sound/1\n1 2 x -\n5\n", "u2v-sound/2\n1 2 3 -\n5\n"], text => Assert.Null(SoundMeasure.TryRead(text)));
    }
}
