namespace Url2Video.Farm.Media.Audio.Clips;

/// <summary>The sound of all clips, block by block: at its own level, faded with its scene, stepping back under words as the music does.</summary>
internal sealed class ClipBus
{
    /// <summary>10 ms: a cut does not click.</summary>
    private const int EdgeSamples = 480;
    private const int GainBits = 16;

    private readonly MixPlan _plan;
    private readonly DuckEnvelope _envelope;
    private readonly long _depth;
    private readonly long[] _gains;
    private readonly int[] _one = new int[2 * ScratchSamples.BlockFrames];
    private readonly long[] _levels = new long[ScratchSamples.BlockFrames];

    internal ClipBus(MixPlan plan)
    {
        _plan = plan;
        _envelope = new DuckEnvelope(plan.Speech.Select(s => (s.StartSample, s.StartSample + s.Clip.Samples)), plan.Music.Duck);
        _depth = (long)Math.Ceiling((1 - StrictMath.Amplitude(-plan.Music.Duck.DepthDecibelHundredths)) * (1 << GainBits));
        _gains = [.. plan.Clips.Select(c => (long)Math.Round(StrictMath.Amplitude(c.GainDecibelHundredths) * (1 << GainBits)))];
    }

    internal void AddTo(Span<int> stereo, long at)
    {
        var frames = stereo.Length / 2;
        for (var i = 0; i < frames; i++)
        {
            _levels[i] = (1 << GainBits) - ((_envelope.At(at + i) * _depth) >> 15);
        }

        for (var i = 0; i < _plan.Clips.Length; i++)
        {
            var clip = _plan.Clips[i];
            var from = Math.Max(at, clip.StartSample);
            var until = Math.Min(at + frames, clip.StartSample + clip.Samples);
            if (from < until)
            {
                Add(clip, _gains[i], from, stereo[(int)(2 * (from - at))..(int)(2 * (until - at))], _levels.AsSpan((int)(from - at)));
            }
        }
    }

    private void Add(ClipPlacement clip, long gain, long from, Span<int> target, ReadOnlySpan<long> levels)
    {
        var sound = _one.AsSpan(0, target.Length);
        clip.Track.Read(from - clip.StartSample, sound);
        for (var i = 0; i < target.Length; i += 2)
        {
            var level = (gain * levels[i / 2] >> GainBits) * Fade(clip, from - clip.StartSample + (i / 2)) >> GainBits;
            target[i] = Sum(target[i], sound[i] * level >> GainBits);
            target[i + 1] = Sum(target[i + 1], sound[i + 1] * level >> GainBits);
        }
    }

    /// <returns>0..2¹⁶.</returns>
    private static long Fade(ClipPlacement clip, long at)
    {
        var (into, outOf) = (Math.Max(EdgeSamples, clip.FadeInSamples), Math.Max(EdgeSamples, clip.FadeOutSamples));
        var up = Math.Min(at, into) * (1L << GainBits) / into;
        var down = Math.Clamp(clip.Samples - at, 0, outOf) * (1L << GainBits) / outOf;
        return Math.Min(up, down);
    }

    // Loud clips on loud music saturate; they never wrap round.
    private static int Sum(int a, long b) => (int)Math.Clamp(a + b, int.MinValue / 4, int.MaxValue / 4);
}
