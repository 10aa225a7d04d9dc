using System.Buffers.Binary;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>A sound whose place in a film can be told to the sample.</summary>
internal static class Beeps
{
    private const int RateHertz = 48_000;

    /// <summary>Swept from 500 to 4000 Hz within 120 ms: its correlation has one sharp peak.</summary>
    public static double[] Sweep { get; } =
    [
        .. Enumerable.Range(0, 5_760).Select(i => (double)i / RateHertz)
            .Select(t => 0.5 * Math.Sin(Math.PI * t / 0.12) * Math.Sin(2 * Math.PI * (500 * t + 3_500 / 0.24 * t * t))),
    ];

    /// <summary>A mono 16-bit WAV file of silence with the sweep in it.</summary>
    public static byte[] Wav(int samples, int sweepAt)
    {
        var file = new byte[44 + 2 * samples];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(20), 1 | 1 << 16);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), RateHertz);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), 2 * RateHertz);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(32), 2 | 16 << 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 2 * samples);
        for (var i = 0; i < Sweep.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + 2 * (sweepAt + i)), (short)(20_000 * Sweep[i]));
        }

        return file;
    }

    /// <summary>Where the sweep is heard in what ffmpeg decodes of a file, in samples from its start.</summary>
    public static int Find(string file, string folder, int from, int until)
    {
        var raw = Path.Combine(folder, "heard.f32");
        var (exit, _, error) = Probe.Run("ffmpeg", "-v", "error", "-i", file, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "f32le", "-y", raw);
        Assert.True(exit == 0, error);
        var bytes = File.ReadAllBytes(raw);
        var heard = Enumerable.Range(0, bytes.Length / 4).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i))).ToArray();
        return Enumerable.Range(from, until - from).MaxBy(at => Sweep.Select((s, i) => at + i < heard.Length ? s * heard[at + i] : 0).Sum());
    }
}
