using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>Silence around the words of a scene, and the length of the film that comes of it.</summary>
internal static class FilmLength
{
    /// <summary>Where a sentence runs on into the next scene, the pause is that of a comma.</summary>
    private const int MsComma = 240;

    /// <summary>A scene is looked at for three seconds at least, except where a sentence runs through it.</summary>
    public static SceneTiming TimingOf(IReadOnlyList<Beat> beats, int index)
    {
        var timing = SceneTiming.Default;
        var (from, into) = (index > 0 && RunsOn(beats[index - 1]), RunsOn(beats[index]));
        return timing with
        {
            MsMin = from || into ? timing.MsMin : Pace.SceneMsMin,
            MsLead = from ? MsComma / 2 : timing.MsLead,
            MsTail = into ? MsComma / 2 : timing.MsTail,
        };
    }

    /// <returns>Estimated milliseconds of the scene.</returns>
    public static int Millis(IReadOnlyList<Beat> beats, int index, string language)
    {
        var timing = TimingOf(beats, index);
        return Math.Max(timing.MsMin, timing.MsLead + SpokenLength.Millis(beats[index].Say, language) + timing.MsTail);
    }

    /// <returns>Estimated milliseconds of the film.</returns>
    public static long Millis(IReadOnlyList<Beat> beats, string language) =>
        Enumerable.Range(0, beats.Count).Sum(i => (long)Millis(beats, i, language));

    /// <summary>Its sentence goes on in the next scene.</summary>
    public static bool RunsOn(Beat beat) =>
        beat.Say[^1] is ',' or ';' or ':' or '，' or '、' or '；' || char.IsLetterOrDigit(beat.Say[^1]);
}
