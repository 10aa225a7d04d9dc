using System.Buffers.Binary;
using Url2Video.Farm.Media.Audio.Loudness;
using Url2Video.Farm.Media.Audio.Music;

namespace Url2Video.Farm.Media.Audio;

/// <summary>The sum of everything before loudness is set: speech in the middle, music around it, ducked under the speech.</summary>
internal static class Premix
{
    /// <summary>The bed where nobody speaks: 8 LU below speech that was levelled by us (−17 LUFS on both channels).</summary>
    internal const int MusicLufsHundredths = -2_500;

    /// <summary>Ten more decibels down under speech: 18 below it.</summary>
    internal const int DuckDecibelHundredths = -1_000;

    /// <summary>Speech samples have 16 bits, the mix 24.</summary>
    private const int SpeechShift = 8;

    /// <summary>Fills <paramref name="mix"/> with the plan's number of frames and returns their gated mean energy.</summary>
    internal static double Write(MixPlan plan, ScratchSamples mix, CancellationToken cancellationToken)
    {
        var meter = new IntegratedLoudness(2);
        using var speech = new SpeechTrack(plan.Speech);
        var music = plan.Mood == MusicMood.None ? null : new DuckedMusic(plan);
        var block = new int[2 * ScratchSamples.BlockFrames];
        var doubles = new double[block.Length];
        for (long at = 0; at < plan.Samples; at += ScratchSamples.BlockFrames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var frames = (int)Math.Min(ScratchSamples.BlockFrames, plan.Samples - at);
            var samples = block.AsSpan(0, 2 * frames);
            samples.Clear();
            music?.AddTo(samples, at);
            speech.AddTo(samples, at, SpeechShift);
            for (var i = 0; i < samples.Length; i++)
            {
                doubles[i] = samples[i] / (double)ScratchSamples.FullScale;
            }

            meter.Add(doubles.AsSpan(0, samples.Length));
            mix.Write(samples);
        }

        return meter.GatedEnergy();
    }

    private sealed class DuckedMusic
    {
        private readonly MusicBed _bed;
        private readonly DuckEnvelope _envelope;
        private readonly long _gain;
        private readonly long _depth;
        private readonly int[] _block = new int[2 * ScratchSamples.BlockFrames];

        internal DuckedMusic(MixPlan plan)
        {
            _bed = new MusicBed(plan.Mood, plan.Seed, plan.Samples);
            _envelope = new DuckEnvelope(plan.Speech.Select(s => (s.StartSample, s.StartSample + s.Clip.Samples)));
            _gain = (long)(MusicLevel.Gain(plan.Mood, plan.Seed, MusicLufsHundredths) * (1 << 16));
            _depth = (long)((1 - StrictMath.Amplitude(DuckDecibelHundredths)) * (1 << 16));
        }

        internal void AddTo(Span<int> samples, long at)
        {
            var music = _block.AsSpan(0, samples.Length);
            _bed.Next(music);
            for (var i = 0; i < samples.Length; i += 2)
            {
                var level = _gain * ((1 << 16) - ((_envelope.At(at + i / 2) * _depth) >> 15)) >> 16;
                samples[i] += (int)(music[i] * level >> 16);
                samples[i + 1] += (int)(music[i + 1] * level >> 16);
            }
        }
    }

    private sealed class SpeechTrack(IEnumerable<SpeechPlacement> placements) : IDisposable
    {
        private readonly Queue<SpeechPlacement> _waiting = new(placements.OrderBy(p => p.StartSample));
        private readonly List<(SpeechPlacement Placement, Stream Stream)> _open = [];
        private readonly byte[] _bytes = new byte[sizeof(short) * ScratchSamples.BlockFrames];

        internal void AddTo(Span<int> samples, long at, int shift)
        {
            var end = at + samples.Length / 2;
            while (_waiting.TryPeek(out var next) && next.StartSample < end)
            {
                Open(_waiting.Dequeue(), at);
            }

            for (var i = _open.Count - 1; i >= 0; i--)
            {
                var (placement, stream) = _open[i];
                var from = (int)(Math.Max(placement.StartSample, at) - at);
                var until = (int)(Math.Min(placement.StartSample + placement.Clip.Samples, end) - at);
                Add(samples, stream, from, until, shift);
                if (placement.StartSample + placement.Clip.Samples <= end)
                {
                    stream.Dispose();
                    _open.RemoveAt(i);
                }
            }
        }

        public void Dispose() => _open.ForEach(o => o.Stream.Dispose());

        private void Open(SpeechPlacement placement, long at)
        {
            var skipped = Math.Max(0, at - placement.StartSample);
            if (skipped >= placement.Clip.Samples)
            {
                return;
            }

            var stream = placement.Clip.Open();
            stream.Position += skipped * sizeof(short);
            _open.Add((placement, stream));
        }

        private void Add(Span<int> samples, Stream stream, int from, int until, int shift)
        {
            var bytes = _bytes.AsSpan(0, sizeof(short) * Math.Max(0, until - from));
            stream.ReadExactly(bytes);
            for (var frame = from; frame < until; frame++)
            {
                var value = BinaryPrimitives.ReadInt16LittleEndian(bytes[(sizeof(short) * (frame - from))..]) << shift;
                samples[2 * frame] += value;
                samples[2 * frame + 1] += value;
            }
        }
    }
}
