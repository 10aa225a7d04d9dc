namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Sound in memory: interleaved 32-bit float samples, nominal range −1..1.</summary>
/// <param name="Samples">Length is a multiple of <paramref name="Channels"/>.</param>
/// <param name="Channels">1 (mono) or 2 (stereo).</param>
/// <param name="SampleRate">Hertz, 8000..192000.</param>
public readonly record struct AudioClip(ReadOnlyMemory<float> Samples, int Channels, int SampleRate = AudioClip.DefaultSampleRate)
{
    /// <summary>The one clock of a film.</summary>
    public const int DefaultSampleRate = 48_000;

    /// <summary>Samples per channel.</summary>
    public int Frames => Samples.Length / Channels;

    public AudioFormat Format => new(Channels, SampleRate);
}

/// <param name="Channels">1 (mono) or 2 (stereo).</param>
/// <param name="SampleRate">Hertz, 8000..192000.</param>
public readonly record struct AudioFormat(int Channels, int SampleRate = AudioClip.DefaultSampleRate)
{
    internal string Layout => Channels == 1 ? "mono" : "stereo";

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal AudioFormat Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Channels, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRate, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SampleRate, 192_000);
        return this;
    }
}
