using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Audio;

namespace Url2Video.Farm.Media.Quality;

/// <summary>What was heard in a finished track.</summary>
/// <param name="Levels">RMS of each block, hundredths of dBFS, at least <see cref="SoundMeter.LevelMin"/>.</param>
/// <param name="ClippedRuns">Places where three samples and more stand at full scale.</param>
/// <param name="FirstClip">The first of them; −1 for none.</param>
public sealed record TrackLevels(ImmutableArray<int> Levels, int ClippedRuns, long FirstClip);

/// <summary>Measures sound: levels, clipping, and how far a narration lies from where it should.</summary>
public static class SoundMeter
{
    public const int LevelMin = -12_000;

    /// <param name="track">Interleaved stereo floats.</param>
    /// <param name="blockSamples">Of each level.</param>
    public static TrackLevels Levels(Stream track, int blockSamples, CancellationToken cancellation)
    {
        var meter = new LevelMeter(blockSamples);
        var bytes = new byte[blockSamples * 2 * sizeof(float)];
        int read;
        while ((read = track.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            meter.Add(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, read)));
        }

        return meter.End();
    }

    /// <summary>Clipping of a mono clip, which a limiter behind it would hide.</summary>
    public static (int Runs, long First) Clipping(PcmSource clip)
    {
        var counter = new ClipCounter();
        var at = 0L;
        using var stream = clip.Open();
        var bytes = new byte[1 << 16];
        int read;
        while ((read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            foreach (var sample in MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, read)))
            {
                counter.Add(sample is >= short.MaxValue or <= -short.MaxValue, at++);
            }
        }

        return (counter.Runs, counter.First == long.MaxValue ? -1 : counter.First);
    }
}
