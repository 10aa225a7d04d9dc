namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// How large a word of a caption is while it begins: it grows by up to a sixth within 80 ms and is its own size again after 260. Counted from the word's
/// own first frame, so that every frame is the same whatever was composed before.
/// </summary>
internal static class WordPop
{
    private const long GrowMicros = 80_000;
    private const long ShrinkMicros = 180_000;
    private const int GrowthMax = Pose.OwnSize / 6;

    /// <summary>By how much a word grows: a long one by less, or it would run into its neighbours. Half of a blank is left on either side.</summary>
    public static int GrowthOf(int width, int em) => (int)Math.Min(GrowthMax, Pose.OwnSize * 26L * em / (100L * Math.Max(1, width)));

    /// <summary>65536 is its own size.</summary>
    /// <param name="growth">Of <see cref="GrowthOf"/>.</param>
    public static int ScaleQ16(Film film, CaptionWord word, long frame, int growth)
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
        return Pose.OwnSize + (int)EasingCurve.Between(0, growth, share);
    }
}
