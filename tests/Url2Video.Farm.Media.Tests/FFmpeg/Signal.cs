using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

/// <summary>Test sound.</summary>
internal static class Signal
{
    /// <summary>A sine of the given peak; the same in every channel.</summary>
    internal static AudioClip Sine(double hertz, double peak, double seconds, int channels = 2, int sampleRate = 48_000)
    {
        var frames = (int)(seconds * sampleRate);
        var samples = new float[frames * channels];
        for (var i = 0; i < frames; i++)
        {
            samples.AsSpan(i * channels, channels).Fill((float)(peak * Math.Sin(2 * Math.PI * hertz * i / sampleRate)));
        }

        return new AudioClip(samples, channels, sampleRate);
    }

    internal static AudioClip Silence(double seconds, int channels = 2) => new(new float[(int)(seconds * 48_000) * channels], channels);

    internal static double Rms(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return Math.Sqrt(sum / samples.Length);
    }
}
