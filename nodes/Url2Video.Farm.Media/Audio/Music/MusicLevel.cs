using Url2Video.Farm.Media.Audio.Loudness;

namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>How much to amplify a bed so that it has a wanted loudness, from its own first bars; independent of the film.</summary>
internal static class MusicLevel
{
    private const int MeasuredSamples = 20 * 48_000;

    internal static double Gain(MusicMood mood, ulong seed, int lufsHundredths)
    {
        var bed = new MusicBed(mood, seed, long.MaxValue);
        var meter = new IntegratedLoudness(2);
        var block = new int[2 * ScratchSamples.BlockFrames];
        var doubles = new double[block.Length];
        for (var at = 0; at < MeasuredSamples; at += ScratchSamples.BlockFrames)
        {
            bed.Next(block);
            for (var i = 0; i < block.Length; i++)
            {
                doubles[i] = block[i] / (double)ScratchSamples.FullScale;
            }

            meter.Add(doubles);
        }

        return Math.Sqrt(LoudnessUnits.Energy(lufsHundredths) / meter.GatedEnergy());
    }
}
