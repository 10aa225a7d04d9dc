using Url2Video.Farm.Media.Audio.Clips;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Audio.Loudness;
using Url2Video.Farm.Media.Audio.Music;
using Url2Video.Farm.Media.Audio.Spatial;

namespace Url2Video.Farm.Media.Audio;

/// <summary>The sum of everything before loudness is set: voice and effects in their room, music around them, ducked under the voice.</summary>
internal static class Premix
{
    /// <summary>The bed where nobody speaks: 8 LU below speech that was levelled by us (−17 LUFS on both channels).</summary>
    internal const int MusicLufsHundredths = -2_500;

    /// <summary>Fills <paramref name="mix"/> with the plan's number of frames and returns their gated mean energy.</summary>
    internal static double Write(MixPlan plan, ScratchSamples mix, CancellationToken cancellationToken)
    {
        var meter = new IntegratedLoudness(2);
        var heads = new HeadFilters();
        using var voice = new VoiceBus(plan, heads);
        var effects = plan.Sounds.IsDefaultOrEmpty ? null : new EffectBus(plan.Sounds, heads);
        var clips = plan.Clips.IsEmpty ? null : new ClipBus(plan);
        var room = plan.Room.Size == RoomSize.None ? null : new RoomReverb(plan.Room);
        var music = plan.Music.IsNone ? null : new DuckedMusic(plan);
        var block = new int[2 * ScratchSamples.BlockFrames];
        var doubles = new double[block.Length];
        for (long at = 0; at < plan.Samples; at += ScratchSamples.BlockFrames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var frames = (int)Math.Min(ScratchSamples.BlockFrames, plan.Samples - at);
            var samples = block.AsSpan(0, 2 * frames);
            samples.Clear();
            voice.AddTo(samples, at);
            effects?.AddTo(samples, at);
            room?.Apply(samples);
            music?.AddTo(samples, at);
            clips?.AddTo(samples, at);
            EdgeFade.Apply(samples, at, plan.Samples);
            for (var i = 0; i < samples.Length; i++)
            {
                doubles[i] = samples[i] / (double)ScratchSamples.FullScale;
            }

            meter.Add(doubles.AsSpan(0, samples.Length));
            mix.Write(samples);
        }

        return meter.GatedEnergy();
    }
}
