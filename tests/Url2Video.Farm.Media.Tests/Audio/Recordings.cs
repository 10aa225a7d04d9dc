using System.Buffers.Binary;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>Sound files as people bring them, and how far one sound is behind another.</summary>
internal static class Recordings
{
    /// <summary>A swept beep of 120 ms (500 to 4000 Hz): its correlation has one sharp peak.</summary>
    internal static double[] BeepAt(double at, double seconds, int rate)
    {
        var result = new double[(int)Math.Round(seconds * rate)];
        for (var i = 0; i < result.Length; i++)
        {
            var t = (double)i / rate - at;
            if (t is > 0 and < 0.12)
            {
                result[i] = 0.5 * Math.Sin(Math.PI * t / 0.12) * Math.Sin(2 * Math.PI * (500 * t + 3_500 / 0.24 * t * t));
            }
        }

        return result;
    }

    /// <summary>By how many samples <paramref name="heard"/> is later: the peak of the cross-correlation.</summary>
    internal static int Lag(double[] expected, double[] heard, int reach)
    {
        var (best, lag) = (double.MinValue, 0);
        for (var shift = -reach; shift <= reach; shift++)
        {
            var sum = 0.0;
            for (var i = Math.Max(0, -shift); i < Math.Min(expected.Length, heard.Length - shift); i++)
            {
                sum += expected[i] * heard[i + shift];
            }

            (best, lag) = sum > best ? (sum, shift) : (best, lag);
        }

        return lag;
    }

    internal static byte[] Wav(double[] mono, int rate)
    {
        using var file = new MemoryStream();
        var writer = new TestWav(file, 1, mono.Length, 24, rateHertz: rate);
        writer.Write([.. mono.Select(s => (float)s)]);
        writer.Finish();
        return file.ToArray();
    }

    internal static double[] Doubles(short[] pcm) => [.. pcm.Select(s => s / 32_768.0)];

    /// <summary>A 24-bit sample of a WAV file's data.</summary>
    internal static int Sample24(byte[] wav, int index)
    {
        Span<byte> four = stackalloc byte[4];
        wav.AsSpan(44 + 3 * index, 3).CopyTo(four[1..]);
        return BinaryPrimitives.ReadInt32LittleEndian(four) >> 8;
    }
}
