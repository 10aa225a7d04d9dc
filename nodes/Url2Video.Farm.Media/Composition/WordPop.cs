namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// How large a word of a caption is while it begins: it grows by a sixth within 80 ms and is its own size again after 260. Counted from the word's
/// own first frame, so that every frame is the same whatever was composed before.
/// </summary>
internal static class WordPop
{
    private const long GrowMicros = 80_000;
    private const long ShrinkMicros = 180_000;
    private const int Growth = Pose.OwnSize / 6;

    /// <summary>65536 is its own size.</summary>
    public static int ScaleQ16(Film film, CaptionWord word, long frame)
    {
        if (film.CaptionPreset != CaptionPreset.BoxedPoppingWord || frame < word.StartFrame || frame >= word.EndFrame)
        {
            return Pose.OwnSize;
        }

        // The middle of the frame: the first one has grown already.
        var micros = (MoveClock.MicrosAt(frame - word.StartFrame, film.Rate) + MoveClock.MicrosAt(frame - word.StartFrame + 1, film.Rate)) / 2;
        var share = micros < GrowMicros
            ? EasingCurve.At(Easing.Smooth, micros, GrowMicros)
            : EasingCurve.One - EasingCurve.At(Easing.Smooth, micros - GrowMicros, ShrinkMicros);
        return Pose.OwnSize + (int)EasingCurve.Between(0, Growth, share);
    }
}
