using Url2Video.Farm.Media.Audio.Spatial;

namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>All effects of a film in stereo, added block by block in order of time.</summary>
internal sealed class EffectBus(IEnumerable<SoundCue> cues, HeadFilters heads)
{
    /// <summary>An effect that began before the film is faded in over this.</summary>
    private const int CutSamples = 240;
    private readonly Queue<SoundCue> _waiting = new(cues.OrderBy(c => c.StartSample));
    private readonly List<Sounding> _sounding = [];
    private readonly EffectBank _bank = new();
    private readonly PlacedEffects _placed = new(heads);

    internal void AddTo(Span<int> stereo, long at)
    {
        var end = at + stereo.Length / 2;
        while (_waiting.TryPeek(out var next) && next.StartSample - HeadFilter.LeadSamplesMax < end)
        {
            var cue = _waiting.Dequeue();
            var (samples, lead) = _placed.Of(_bank, cue);
            _sounding.Add(new Sounding(samples, cue.StartSample - lead, StrictMath.Amplitude(cue.GainDecibelHundredths)));
        }

        for (var i = _sounding.Count - 1; i >= 0; i--)
        {
            _sounding[i].AddTo(stereo, at);
            if (_sounding[i].End <= end)
            {
                _sounding.RemoveAt(i);
            }
        }
    }

    private sealed class Sounding(int[] samples, long start, double gain)
    {
        private readonly long _gain = (long)Math.Round(gain * (1 << 16));

        internal long End { get; } = start + samples.Length / 2;

        internal void AddTo(Span<int> stereo, long at)
        {
            var from = Math.Max(start, at);
            var until = Math.Min(End, at + stereo.Length / 2);
            for (var frame = from; frame < until; frame++)
            {
                var (source, target) = ((int)(2 * (frame - start)), (int)(2 * (frame - at)));
                var level = start < 0 && frame < CutSamples ? _gain * frame / CutSamples : _gain;
                stereo[target] = Sum(stereo[target], samples[source] * level >> 16);
                stereo[target + 1] = Sum(stereo[target + 1], samples[source + 1] * level >> 16);
            }
        }

        // Hundreds of loud effects on one spot saturate; they never wrap round.
        private static int Sum(int a, long b) => (int)Math.Clamp(a + b, int.MinValue / 4, int.MaxValue / 4);
    }
}
