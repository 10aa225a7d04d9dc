using Url2Video.Farm.Media.Audio.Loudness;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// The true peak of AAC as a listener hears it. A lossy encoder keeps the spectrum, not the wave: what was limited hard comes out up
/// to 1.5 dB higher than it went in.
/// </summary>
public static class AacPeak
{
    private const int HeaderBytes = 7;
    private const int Channels = 2;

    /// <summary>ITU-R BS.1770-4 annex 2 over both channels, hundredths of dBTP; −20000 for silence.</summary>
    /// <param name="packets">AAC-LC of 48 kHz stereo, in order.</param>
    /// <param name="secondsMax">Longer sound is refused.</param>
    /// <exception cref="FFmpegException">The packets cannot be decoded.</exception>
    public static int DbHundredths(IReadOnlyCollection<ReadOnlyMemory<byte>> packets, int secondsMax, CancellationToken cancellationToken)
    {
        if (packets.Count == 0)
        {
            return StrictMath.DecibelHundredths(0);
        }

        using var file = Adts(packets);
        TruePeak[] meters = [new(), new()];
        AudioDecoder.Decode(file, new AudioDecodeOptions { Output = new AudioFormat(Channels), SecondsMax = secondsMax }, samples =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < samples.Length; i++)
            {
                var meter = meters[i % Channels];
                meter.Next(samples[i], meter.Largest);
            }
        });
        foreach (var meter in meters)
        {
            for (var i = 0; i < TruePeak.Taps; i++)
            {
                meter.Next(0, meter.Largest);
            }
        }

        return StrictMath.DecibelHundredths(meters.Max(m => m.Largest));
    }

    /// <summary>Each packet under a header of ISO/IEC 13818-7 (ADTS), which decoders take as a file.</summary>
    private static MemoryStream Adts(IReadOnlyCollection<ReadOnlyMemory<byte>> packets)
    {
        var file = new MemoryStream(packets.Sum(p => p.Length + HeaderBytes));
        Span<byte> header = stackalloc byte[HeaderBytes];
        foreach (var packet in packets)
        {
            var length = packet.Length + HeaderBytes;
            header[0] = 0xFF;
            header[1] = 0xF1; // MPEG-4, no checksum.
            header[2] = 1 << 6 | 3 << 2; // Low complexity, 48 kHz.
            header[3] = (byte)(Channels << 6 | length >> 11);
            header[4] = (byte)(length >> 3);
            header[5] = (byte)((length & 7) << 5 | 0x1F);
            header[6] = 0xFC;
            file.Write(header);
            file.Write(packet.Span);
        }

        file.Position = 0;
        return file;
    }
}
