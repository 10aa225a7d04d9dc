using System.Collections.Immutable;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>Whether captions can be read in their time.</summary>
internal static class CaptionRule
{
    public static IEnumerable<Finding> Judge(FilmOutline film, ImmutableArray<Cue> cues, CaptionStyle style)
    {
        foreach (var cue in cues)
        {
            var samples = Math.Max(1, cue.EndSample - cue.StartSample);
            var columns = cue.Lines.Sum(TextWidth.Of);
            var speed = SpeedTenths(cue);
            if (samples < QualityBounds.CaptionSamplesMin)
            {
                yield return Of(film, cue, FindingCodes.CaptionShort, Severity.Warning, Ms(samples), Ms(QualityBounds.CaptionSamplesMin), "ms",
                    $"The caption \"{Start(cue)}\" is gone before it is read.", "Let the voice speak slower, or give the scene a longer tail.");
            }
            else if (speed > 10 * QualityBounds.CaptionSpeedMax)
            {
                var severity = speed > 10 * QualityBounds.CaptionSpeedError ? Severity.Error : Severity.Warning;
                yield return Of(film, cue, FindingCodes.CaptionSpeed, severity, speed / 10m, QualityBounds.CaptionSpeedMax, "characters/s",
                    $"The caption \"{Start(cue)}\" has {columns} characters in {Ms(samples)} ms.", "Let the voice speak slower, or say it in fewer words.");
            }

            var widest = cue.Lines.Max(TextWidth.Of);
            if (widest > style.LineCharsMax || cue.Lines.Length > style.LinesMax)
            {
                yield return Of(film, cue, FindingCodes.CaptionLine, Severity.Warning, widest, style.LineCharsMax, "characters",
                    $"The caption \"{Start(cue)}\" has lines longer, or more lines, than fit.", "Say it in fewer words.");
            }
        }
    }

    /// <summary>Characters a second, in tenths.</summary>
    public static long SpeedTenths(Cue cue) =>
        cue.Lines.Sum(TextWidth.Of) * 10L * CaptionStyle.RateHertz / Math.Max(1, cue.EndSample - cue.StartSample);

    private static string Start(Cue cue) => cue.Lines[0].Length > 30 ? cue.Lines[0][..30] + "…" : cue.Lines[0];

    private static long Ms(long samples) => samples / SampleClock.SamplesPerMilli;

    private static Finding Of(FilmOutline film, Cue cue, string code, Severity severity, decimal measured, decimal bound, string unit, string message, string wayOut) =>
        new(code, severity, Ms(cue.StartSample), Ms(cue.EndSample), film.SceneAt(SampleClock.FramesIn(cue.StartSample, film.Fps))?.Id, measured, bound, unit, message, wayOut);
}
