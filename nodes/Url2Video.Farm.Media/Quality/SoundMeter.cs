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

    /// <summary>Samples at full scale one after the other that are no accident.</summary>
    private const int ClipRun = 3;

    /// <param name="track">Interleaved stereo floats.</param>
    /// <param name="blockSamples">Of each level.</param>
    public static TrackLevels Levels(Stream track, int blockSamples, CancellationToken cancellation)
    {
        var levels = ImmutableArray.CreateBuilder<int>();
        var (left, right) = (new ClipCounter(), new ClipCounter());
        var bytes = new byte[blockSamples * 2 * sizeof(float)];
        var at = 0L;
        int read;
        while ((read = track.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var samples = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, read));
            var energy = 0.0;
            for (var i = 0; i + 1 < samples.Length; i += 2, at++)
            {
                energy += ((double)samples[i] * samples[i]) + ((double)samples[i + 1] * samples[i + 1]);
                left.Add(Math.Abs(samples[i]) >= 0.9999f, at);
                right.Add(Math.Abs(samples[i + 1]) >= 0.9999f, at);
            }

            var rms = Math.Sqrt(energy / Math.Max(1, samples.Length));
            levels.Add(rms <= 1e-6 ? LevelMin : Math.Max(LevelMin, StrictMath.DecibelHundredths(rms)));
        }

        var first = Math.Min(left.First, right.First);
        return new TrackLevels(levels.ToImmutable(), left.Runs + right.Runs, first == long.MaxValue ? -1 : first);
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

    private sealed class ClipCounter
    {
        private int _length;

        public int Runs { get; private set; }

        public long First { get; private set; } = long.MaxValue;

        public void Add(bool isFull, long at)
        {
            _length = isFull ? _length + 1 : 0;
            if (_length == ClipRun)
            {
                Runs++;
                First = Math.Min(First, at - ClipRun + 1);
            }
        }
    }
}
