using Url2Video.Farm.Media.Audio.Loudness;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// The true peak of AAC as a listener hears it. A lossy encoder keeps the spectrum, not the wave: what was limited hard comes out up
/// to 1.5 dB higher than it went in.
/// </summary>
public static class AacPeak
{
    private const int Channels = 2;

    /// <summary>ITU-R BS.1770-4 annex 2 over both channels, hundredths of dBTP; −20000 for silence.</summary>
        /// <param name="secondsMax">Longer sound is refused.</param>
    /// <exception cref="FFmpegException">The packets cannot be decoded.</exception>
    public static int DbHundredths(AacPackets packets, int secondsMax, CancellationToken cancellationToken)
    {
        if (packets.Count == 0)
        {
            return StrictMath.DecibelHundredths(0);
        }

        TruePeak[] meters = [new(), new()];
        AudioDecoder.Decode(packets.AsAdts(), new AudioDecodeOptions { Output = new AudioFormat(Channels), SecondsMax = secondsMax }, samples =>
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
}
