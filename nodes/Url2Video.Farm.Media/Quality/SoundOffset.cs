using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Audio;

namespace Url2Video.Farm.Media.Quality;

/// <summary>
/// Finds a narration in a finished track by cross-correlation: coarsely on every eighth sample, then to the sample. Whole numbers, so that every
/// machine finds the same.
/// </summary>
public static class SoundOffset
{
    /// <summary>How far away it is looked for, in samples: a tenth of a second.</summary>
    public const int ReachSamples = 4_800;

    private const int WindowSamples = 48_000;
    private const int Coarse = 8;

    /// <summary>Quieter sound at the start of a clip is not yet the voice.</summary>
    private const int OnsetLevel = 1_000;

    /// <summary>Below it what was found is not the narration: a correlation of 0.3, squared, hundredths.</summary>
    private const int LikenessHundredths = 9;

    /// <param name="clip">The narration.</param>
    /// <param name="track">Interleaved stereo floats, seekable.</param>
    /// <param name="startSample">Where its first sample should lie.</param>
    /// <returns>How many samples later it lies; null when it is not to be found.</returns>
    public static int? Find(PcmSource clip, Stream track, long startSample)
    {
        var voice = Voice(clip, out var onset);
        var from = startSample + onset - ReachSamples;
        if (voice.Length < WindowSamples / 4 || from < 0)
        {
            return null;
        }

        var heard = Heard(track, from, voice.Length + (2 * ReachSamples));
        if (heard.Length < voice.Length + (2 * ReachSamples))
        {
            return null;
        }

        var coarse = Best(Thin(voice), Thin(heard), 0, 2 * ReachSamples / Coarse) * Coarse;
        var lag = Best(voice, heard, Math.Max(0, coarse - (2 * Coarse)), Math.Min(2 * ReachSamples, coarse + (2 * Coarse)));
        return IsAlike(voice, heard, lag) ? lag - ReachSamples : null;
    }

    private static int[] Voice(PcmSource clip, out int onset)
    {
        using var stream = clip.Open();
        var bytes = new byte[2 * WindowSamples * sizeof(short)];
        var samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        onset = 0;
        while (onset < samples.Length && Math.Abs((int)samples[onset]) < OnsetLevel)
        {
            onset++;
        }

        var voice = new int[Math.Min(WindowSamples, samples.Length - onset)];
        for (var i = 0; i < voice.Length; i++)
        {
            voice[i] = samples[onset + i];
        }

        return voice;
    }

    private static int[] Heard(Stream track, long from, int count)
    {
        track.Position = from * 2 * sizeof(float);
        var bytes = new byte[count * 2 * sizeof(float)];
        var samples = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, track.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        var heard = new int[samples.Length / 2];
        for (var i = 0; i < heard.Length; i++)
        {
            heard[i] = (int)((samples[2 * i] + samples[(2 * i) + 1]) * 16_384);
        }

        return heard;
    }

    // Sums, so that what is above the new rate is damped.
    private static int[] Thin(int[] samples)
    {
        var thin = new int[samples.Length / Coarse];
        for (var i = 0; i < thin.Length; i++)
        {
            for (var k = 0; k < Coarse; k++)
            {
                thin[i] += samples[(i * Coarse) + k];
            }

            thin[i] /= Coarse;
        }

        return thin;
    }

    private static int Best(int[] voice, int[] heard, int from, int to)
    {
        var (best, most) = (from, long.MinValue);
        for (var lag = from; lag <= to && lag + voice.Length <= heard.Length; lag++)
        {
            var product = Product(voice, heard.AsSpan(lag, voice.Length));
            (best, most) = product > most ? (lag, product) : (best, most);
        }

        return best;
    }

    private static bool IsAlike(int[] voice, int[] heard, int lag)
    {
        var part = heard.AsSpan(lag, voice.Length);
        var (both, own, other) = (Product(voice, part), Product(voice, voice), Product(part, part));
        return both > 0 && (UInt128)(Int128)both * (UInt128)(Int128)both * 100 >= (UInt128)(Int128)own * (UInt128)(Int128)other * LikenessHundredths;
    }

    private static long Product(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var sum = 0L;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (long)a[i] * b[i];
        }

        return sum;
    }
}
