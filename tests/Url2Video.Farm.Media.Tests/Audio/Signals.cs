using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Url2Video.Farm.Media.Audio;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>Test sounds and what is measured of them.</summary>
internal static partial class Signals
{
    /// <summary>Amplitude of one frequency (Goertzel) at 48 kHz.</summary>
    internal static double Level(ReadOnlySpan<short> samples, double hertz)
    {
        var w = 2 * Math.PI * hertz / 48_000;
        var (s1, s2) = (0.0, 0.0);
        foreach (var sample in samples)
        {
            (s1, s2) = (sample + 2 * Math.Cos(w) * s1 - s2, s1);
        }

        return 2 * Math.Sqrt(Math.Max(0, s1 * s1 + s2 * s2 - 2 * Math.Cos(w) * s1 * s2)) / samples.Length;
    }

    /// <summary>Something like speech: a buzz with moving formants, in syllables with pauses, at about −20 LUFS.</summary>
    internal static short[] Babble(int samples, int seed)
    {
        var random = new Random(seed);
        var result = new short[samples];
        var (phase, low, band) = (0.0, 0.0, 0.0);
        for (var i = 0; i < samples; i++)
        {
            var syllable = i / 9_600;
            var envelope = syllable % 7 == 6 ? 0 : Math.Sin(Math.PI * (i % 9_600) / 9_600.0);
            phase += (110 + 30 * Math.Sin(i / 30_000.0)) / 48_000;
            var source = 2 * (phase - Math.Floor(phase)) - 1 + 0.1 * (random.NextDouble() - 0.5);
            var f = 0.06 + 0.05 * (syllable * 37 % 11) / 11.0;
            low += f * band;
            band += f * (source - low - 0.2 * band);
            result[i] = (short)Math.Clamp(9_000 * envelope * band, -32_000, 32_000);
        }

        return result;
    }

    internal static (float[] Samples, MixReport Report) Mix(MixPlan plan)
    {
        using var output = new MemoryStream();
        var report = FilmMixer.Mix(plan, Path.GetTempPath(), output, default);
        return (MemoryMarshal.Cast<byte, float>(output.ToArray()).ToArray(), report);
    }

    internal static string Hash<T>(ReadOnlySpan<T> samples)
        where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(samples)));

    internal static double RmsDecibel(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return 10 * Math.Log10(Math.Max(1e-20, sum / Math.Max(1, samples.Length)));
    }

    /// <summary>What FFmpeg's ebur128 filter says: integrated LUFS and true peak in dBTP.</summary>
    /// <param name="aacBitRate">Encode as AAC first, e.g. <c>128k</c>; null to measure the samples themselves.</param>
    internal static (double Lufs, double TruePeak) Ebur128(ReadOnlySpan<float> stereo, string? aacBitRate = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, MemoryMarshal.AsBytes(stereo).ToArray());
            string[] input = ["-f", "f32le", "-ar", "48000", "-ac", "2", "-i", file];
            if (aacBitRate is not null)
            {
                Ffmpeg([.. input, "-c:a", "aac", "-b:a", aacBitRate, "-f", "adts", "-y", file + ".aac"]);
                input = ["-i", file + ".aac"];
            }

            var text = Ffmpeg([.. input, "-af", "ebur128=peak=true", "-f", "null", "-"]);
            var summary = text[text.LastIndexOf("Summary:", StringComparison.Ordinal)..];
            return (Number(Integrated().Match(summary)), Number(Peak().Match(summary)));
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".aac");
        }
    }

    private static string Ffmpeg(string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        foreach (var argument in (string[])["-hide_banner", "-nostats", "-nostdin", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var text = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException(text);
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"I:\s+(-?[\d.]+) LUFS")]
    private static partial Regex Integrated();

    [GeneratedRegex(@"Peak:\s+(-?[\d.]+) dBFS")]
    private static partial Regex Peak();
}
