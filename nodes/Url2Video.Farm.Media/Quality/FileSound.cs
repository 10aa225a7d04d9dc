using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Loudness;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Quality;

/// <summary>The sound of a finished file.</summary>
/// <param name="LufsHundredths">Integrated.</param>
public sealed record HeardSound(long Samples, TrackLevels Levels, int LufsHundredths, int TruePeakDbHundredths);

/// <summary>Decodes the sound of a film and measures it with the meters that films are mixed by.</summary>
public static class FileSound
{
    /// <param name="stream">Readable and seekable.</param>
    /// <returns>Null for a film without sound.</returns>
    public static HeardSound? Measure(Stream stream, int blockSamples, CancellationToken cancellation)
    {
        var (levels, loudness) = (new LevelMeter(blockSamples), new IntegratedLoudness(2));
        var (left, right) = (new TruePeak(), new TruePeak());
        double[] doubles = [];
        try
        {
            AudioDecoder.Decode(stream, new AudioDecodeOptions { Output = new AudioFormat(2) }, samples =>
            {
                cancellation.ThrowIfCancellationRequested();
                doubles = doubles.Length >= samples.Length ? doubles : new double[samples.Length];
                for (var i = 0; i < samples.Length; i++)
                {
                    doubles[i] = samples[i];
                    var meter = i % 2 == 0 ? left : right;
                    meter.Next(samples[i], meter.Largest);
                }

                levels.Add(samples);
                loudness.Add(doubles.AsSpan(0, samples.Length));
            });
        }
        catch (FFmpegException fault) when (fault.Kind == FFmpegErrorKind.InvalidData)
        {
            return null;
        }

        var peak = Math.Max(left.Largest, right.Largest);
        return new HeardSound(
            levels.Samples, levels.End(), LoudnessUnits.LufsHundredths(loudness.GatedEnergy()), peak <= 1e-6 ? SoundMeter.LevelMin : StrictMath.DecibelHundredths(peak));
    }
}
