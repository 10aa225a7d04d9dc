namespace Url2Video.Farm.Media.Audio;

/// <summary>24-bit samples: every one of them is a float too, so a track of these is kept, coded and read back without loss.</summary>
public static class Pcm24
{
    private const int Scale = 1 << 23;

    /// <summary>The nearest sample, ties to even; what is louder than full scale is cut off.</summary>
    public static int FromFloat(float value) => (int)Math.Clamp(MathF.Round(value * Scale), -Scale, Scale - 1);

    public static float ToFloat(int sample) => (float)sample / Scale;

    /// <summary>Moves every value to the nearest sample.</summary>
    public static void Quantise(ReadOnlySpan<float> values, Span<float> target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            target[i] = ToFloat(FromFloat(values[i]));
        }
    }
}
