namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Grows like a list, but hands its array over without a copy when the first guess of the length was right.</summary>
internal sealed class SampleBuffer(int expected)
{
    private float[] _samples = new float[expected];
    private int _count;

    /// <exception cref="FFmpegException">TooLarge past the longest array there is (about 6 hours of 48 kHz stereo).</exception>
    internal void Append(ReadOnlySpan<float> more)
    {
        var needed = (long)_count + more.Length;
        if (needed > Array.MaxLength)
        {
            throw new FFmpegException(FFmpegErrorKind.TooLarge, "The sound is longer than one array can hold.");
        }

        if (needed > _samples.Length)
        {
            Array.Resize(ref _samples, (int)Math.Min(Array.MaxLength, Math.Max(needed, _samples.Length * 3L / 2)));
        }

        more.CopyTo(_samples.AsSpan(_count));
        _count = (int)needed;
    }

    internal float[] ToArray()
    {
        if (_count != _samples.Length)
        {
            Array.Resize(ref _samples, _count);
        }

        return _samples;
    }
}
