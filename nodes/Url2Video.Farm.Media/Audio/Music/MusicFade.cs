namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>The bed comes in over two seconds and goes out over four; quicker in a very short film. Pure.</summary>
internal static class MusicFade
{
    private const long InSamples = 2 * 48_000;
    private const long OutSamples = 4 * 48_000;

    /// <returns>0..2¹⁵; squared, because that sounds even.</returns>
    internal static int At(long sample, long length)
    {
        var fadeIn = Math.Max(1, Math.Min(InSamples, length / 4));
        var fadeOut = Math.Max(1, Math.Min(OutSamples, length / 3));
        var up = Math.Min(sample, fadeIn) * (1 << 15) / fadeIn;
        var down = Math.Clamp(length - sample, 0, fadeOut) * (1 << 15) / fadeOut;
        var level = Math.Min(up, down);
        return (int)(level * level >> 15);
    }
}
