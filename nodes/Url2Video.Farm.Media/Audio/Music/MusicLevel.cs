using Url2Video.Farm.Media.Audio.Loudness;

namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>How much to amplify music so that it has a wanted loudness; independent of the film.</summary>
internal static class MusicLevel
{
    private const int MeasuredSamples = 20 * 48_000;

    /// <summary>A file of near silence with a click in it is not blown up.</summary>
    private const int FileGainDecibelHundredthsMax = 2_000;

    /// <summary>From the bed's own first bars.</summary>
    internal static double OfBed(MusicMood mood, ulong seed, int lufsHundredths)
    {
        var bed = new MusicBed(mood, seed, MusicFade.Endless);
        return Math.Sqrt(LoudnessUnits.Energy(lufsHundredths) / Measure(MeasuredSamples, (_, block) => bed.Next(block)));
    }

    /// <summary>From all of the file.</summary>
    internal static double OfFile(StereoSource file, int lufsHundredths)
    {
        var energy = Measure(file.Frames, (at, block) => file.Read(at, block));
        var gain = energy == 0 ? 1 : Math.Sqrt(LoudnessUnits.Energy(lufsHundredths) / energy);
        return Math.Min(gain, StrictMath.Amplitude(FileGainDecibelHundredthsMax));
    }

    private static double Measure(long frames, Action<long, int[]> read)
    {
        var meter = new IntegratedLoudness(2);
        var block = new int[2 * ScratchSamples.BlockFrames];
        var doubles = new double[block.Length];
        for (long at = 0; at < frames; at += ScratchSamples.BlockFrames)
        {
            read(at, block);
            for (var i = 0; i < block.Length; i++)
            {
                doubles[i] = block[i] / (double)ScratchSamples.FullScale;
            }

            meter.Add(doubles);
        }

        return meter.GatedEnergy();
    }
}
