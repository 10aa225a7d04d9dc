using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// Plans a film of a wanted length: a frame that leaves room for the points, the points in the order of the source, and the aim
/// corrected by what the scenes really came to.
/// </summary>
internal static class ScriptBuilder
{
    private const int RoundsMax = 6;

    /// <summary>The points of the source have at least this share of the film; a frame that takes more is told shorter.</summary>
    private const int PointsPercentMin = 55;

    /// <param name="millis">Wanted length of the film.</param>
    public static List<Beat> Build(SourceDoc document, string language, int millis)
    {
        var sentences = Sentence.Of(document, language);
        var keys = new KeySentences(sentences, document.Title, language);
        var frame = FrameFor(FilmFrame.Of(document, language), keys.MillisOfAll, language, millis);
        var fixedMillis = FilmLength.Millis(frame.Around([]), language);
        var aim = Math.Max(Pace.SceneMsMin, millis - fixedMillis);
        List<Beat> best = [];
        var bestOff = long.MaxValue;
        for (var round = 0; round < RoundsMax && bestOff > Pace.MsOffMin(millis); round++)
        {
            var picked = keys.Pick((int)aim, frame.PointsMin);
            var beats = frame.Around(SceneCutter.Cut(picked.IsEmpty ? Fragments(sentences, aim, language) : picked, language));
            var over = FilmLength.Millis(beats, language) - millis;
            if (Math.Abs(over) < bestOff)
            {
                (best, bestOff) = (beats, Math.Abs(over));
            }

            // Short neighbours that share a scene save its silences, which nobody knows before they are cut.
            aim = Math.Clamp(aim - over, Pace.SceneMsMin, 2L * millis);
        }

        return best;
    }

    /// <summary>The richest frame that leaves the points their share, or as much of it as there is to tell.</summary>
    private static FilmFrame FrameFor(ImmutableArray<FilmFrame> frames, long millisOfPoints, string language, int millis)
    {
        var forPoints = Math.Min(millis * (long)PointsPercentMin / 100, millisOfPoints);
        return frames.FirstOrDefault(f => FilmLength.Millis(f.Around([]), language) + forPoints <= millis) ?? frames[^1];
    }

    /// <summary>Texts of fragments only (menus, notes) still have words: take them in order.</summary>
    private static ImmutableArray<Sentence> Fragments(ImmutableArray<Sentence> sentences, long millis, string language)
    {
        var left = millis;
        return [
            .. sentences.Where(s => s.Words >= 2 && s.Text.Length <= KeySentences.CharsMax && LengthOf(s) <= Pace.SceneMsHardMax)
                .TakeWhile((s, i) => (left -= LengthOf(s)) >= 0 || i == 0)];

        int LengthOf(Sentence s) => Pace.MsAround + SpokenLength.Millis(s.Text, language);
    }
}
