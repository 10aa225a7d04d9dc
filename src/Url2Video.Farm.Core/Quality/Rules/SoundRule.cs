using System.Collections.Immutable;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>The finished sound: how loud, how clean, whether it is there, and whether it is there in time.</summary>
internal static class SoundRule
{
    /// <summary>Below it nothing is heard: -60 dBFS, hundredths.</summary>
    private const int SilentLevel = -6_000;

    public static IEnumerable<Finding> Judge(FilmOutline film, SoundFacts sound, ImmutableArray<Cue> cues)
    {
        var isWanted = film.HasMusic || film.Scenes.Any(s => s.IsSpoken);
        var silences = sound.Measure is { } measure && isWanted ? Silences(film, measure, cues).ToList() : [];
        foreach (var (from, end) in silences)
        {
            var isSpoken = cues.Any(c => c.StartSample < end && c.EndSample > from);
            yield return new Finding(
                FindingCodes.Silence, isSpoken || IsWhole(film, from, end) ? Severity.Error : Severity.Warning, Ms(from), Ms(end), SceneOf(film, from), Ms(end - from),
                QualityBounds.SilenceMs, "ms", $"Nothing is heard for {Ms(end - from)} ms.", "Look at the scene's narration and at the music.");
        }

        // The loudness of what is silent says nothing more.
        if (isWanted && !silences.Any(s => IsWhole(film, s.From, s.End)) && film.LoudnessLufsTenths is { } target)
        {
            var off = Math.Abs(sound.LufsHundredths - (10 * target));
            if (off > QualityBounds.LoudnessWarning)
            {
                yield return new Finding(
                    FindingCodes.Loudness, off > QualityBounds.LoudnessError ? Severity.Error : Severity.Warning, 0, film.MsTotal, null, sound.LufsHundredths / 100m, target / 10m,
                    "LUFS", $"The film is {off / 100m:0.0} LU {(sound.LufsHundredths > 10 * target ? "louder" : "quieter")} than asked for.",
                    "Very short or nearly silent films cannot be brought to a loudness; ask for another, or let more be heard.");
            }
        }

        if (sound.TruePeakDbHundredths > QualityBounds.TruePeakMax)
        {
            yield return new Finding(
                FindingCodes.TruePeak, Severity.Error, 0, film.MsTotal, null, sound.TruePeakDbHundredths / 100m, QualityBounds.TruePeakMax / 100m, "dBTP",
                "The sound peaks higher than players can be trusted with.", "Ask for a lower loudness.");
        }

        if (sound.Measure is null && film.IsGate)
        {
            yield return new Finding(
                FindingCodes.Unmeasured, Severity.Error, 0, film.MsTotal, null, 0, film.Samples, "samples", "The sound was not measured.",
                "Retry the project when all nodes run the same version, or let the film out as it is.");
        }

        foreach (var finding in OfMeasure(film, sound.Measure))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> OfMeasure(FilmOutline film, SoundMeasure? measure)
    {
        if (measure is { ClippedRuns: > QualityBounds.ClippedRunsMax })
        {
            yield return new Finding(
                FindingCodes.Clipping, Severity.Error, Ms(measure.FirstClip), film.MsTotal, SceneOf(film, measure.FirstClip), measure.ClippedRuns, QualityBounds.ClippedRunsMax,
                "places", $"The sound is clipped in {measure.ClippedRuns} places.", "Use a recording that is not overdriven.");
        }

        if (measure?.OffsetSamples is { } offset and (< -QualityBounds.SyncEarlySamplesMax or > QualityBounds.SyncLateSamplesMax))
        {
            yield return new Finding(
                FindingCodes.Sync, Severity.Error, 0, film.MsTotal, null, offset / 48m, (offset < 0 ? -QualityBounds.SyncEarlySamplesMax : QualityBounds.SyncLateSamplesMax) / 48m,
                "ms", $"The sound is {Math.Abs(offset) / 48} ms {(offset < 0 ? "before" : "behind")} the picture.", "Report it: this should not happen.");
        }
    }

    // What rests between two sentences in a film without music is no fault: only what captions say is spoken counts there.
    private static IEnumerable<(long From, long End)> Silences(FilmOutline film, SoundMeasure measure, ImmutableArray<Cue> cues)
    {
        var from = -1L;
        for (var i = 0; i <= measure.Levels.Length; i++)
        {
            var at = (long)i * SoundMeasure.BlockSamples;
            var isSilent = i < measure.Levels.Length && measure.Levels[i] < SilentLevel
                && (film.HasMusic || cues.Any(c => c.StartSample <= at && at < c.EndSample));
            if (isSilent)
            {
                from = from < 0 ? at : from;
            }
            else if (from >= 0)
            {
                if (Ms(at - from) >= QualityBounds.SilenceMs || IsWhole(film, from, at))
                {
                    yield return (from, Math.Min(at, measure.Samples));
                }

                from = -1;
            }
        }
    }

    private static bool IsWhole(FilmOutline film, long from, long end) => (end - from) * 100 >= film.Samples * 95;

    private static long Ms(long samples) => samples / SampleClock.SamplesPerMilli;

    private static string? SceneOf(FilmOutline film, long sample) => film.SceneAt(SampleClock.FramesIn(sample, film.Fps))?.Id;
}
