using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>A clip's sound on the film's clock.</summary>
/// <param name="StartSample">48 kHz.</param>
/// <param name="Samples">How long it is heard at most, the transition into the next scene included.</param>
/// <param name="FadeInSamples">The transition of its own scene; 0 for a cut.</param>
/// <param name="FadeOutSamples">The transition into the next scene; 0 for a cut.</param>
public sealed record HeardClip(string SceneId, Visual.Clip Clip, long StartSample, long Samples, int FadeInSamples, int FadeOutSamples);

/// <summary>Where the clips of a film are heard. Pure; whole samples only.</summary>
public static class HeardClips
{
    /// <param name="slots">The scenes as planned; each names its scene by index.</param>
    public static ImmutableArray<HeardClip> Of(Storyboard storyboard, ImmutableArray<SceneSlot> slots)
    {
        var heard = ImmutableArray.CreateBuilder<HeardClip>();
        for (var i = 0; i < slots.Length; i++)
        {
            if (storyboard.Scenes[slots[i].Index] is { Visual: Visual.Clip { Sound: not null } clip } scene)
            {
                var into = i == 0 ? 0 : Samples(scene.Transition, slots[i]);
                var outOf = i + 1 < slots.Length ? Samples(storyboard.Scenes[slots[i + 1].Index].Transition, slots[i + 1]) : 0;
                heard.Add(new HeardClip(scene.Id, clip, slots[i].StartSample, slots[i].Samples + outOf, into, outOf));
            }
        }

        return heard.ToImmutable();
    }

    private static int Samples(Transition transition, SceneSlot slot) =>
        (int)Math.Min((long)transition.Ms * SampleClock.SamplesPerMilli, slot.Samples);
}
