namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>How music comes in and goes out; quicker in a very short film. Pure.</summary>
internal sealed class MusicFade
{
    private readonly long _length;
    private readonly long _in;
    private readonly long _out;

    /// <param name="length">Frames after which it is silent; <see cref="long.MaxValue"/> for no end.</param>
    internal MusicFade(long length, int inSamples, int outSamples)
    {
        _length = length;
        _in = Math.Max(1, Math.Min(inSamples, length / 4));
        _out = Math.Max(1, Math.Min(outSamples, length / 3));
    }

    /// <summary>Music that is only measured: no ends.</summary>
    internal static MusicFade Endless { get; } = new(long.MaxValue, 96_000, 192_000);

    /// <returns>0..2¹⁵; squared, because that sounds even.</returns>
    internal int At(long sample)
    {
        var up = Math.Min(sample, _in) * (1 << 15) / _in;
        var down = Math.Clamp(_length - sample, 0, _out) * (1 << 15) / _out;
        var level = Math.Min(up, down);
        return (int)(level * level >> 15);
    }
}
