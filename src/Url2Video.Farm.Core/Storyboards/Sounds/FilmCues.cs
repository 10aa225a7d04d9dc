using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>One effect on the film's clock.</summary>
/// <param name="Sample">48 kHz; may lie before the film, whose part of it is then not heard.</param>
/// <param name="Seed">Of this one sound: repetitions differ a little, as real ones do.</param>
public sealed record FilmCue(long Sample, SoundKind Kind, int GainDecibelTenths, ulong Seed, SoundPlace? Place);

/// <summary>Where every effect of a film sounds. Pure; whole samples only.</summary>
public static class FilmCues
{
    private const int SamplesPerMilli = 48;

    /// <param name="slots">The scenes as planned; each names its scene by index.</param>
    /// <returns>In order of time; ties in document order.</returns>
    public static ImmutableArray<FilmCue> Of(Storyboard storyboard, ImmutableArray<SceneSlot> slots)
    {
        var cues = new List<FilmCue>();
        foreach (var slot in slots)
        {
            var scene = storyboard.Scenes[slot.Index];
            foreach (var sound in scene.Sounds)
            {
                var first = AnchorOf(sound.On, slot, scene) + (long)sound.MsAt * SamplesPerMilli;
                cues.AddRange(Enumerable.Range(0, sound.Count).Select(i => CueOf(sound, first, i)));
            }
        }

        return [.. cues.OrderBy(c => c.Sample)];
    }

    /// <summary>Strokes for a text that appears letter by letter; blanks make no sound.</summary>
    /// <param name="startSample">When the first letter is there.</param>
    /// <param name="charsPerSecond">1..200.</param>
    /// <param name="gainDecibelTenths">−400..120.</param>
    public static IEnumerable<FilmCue> Typed(string text, long startSample, int charsPerSecond, int gainDecibelTenths, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(charsPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(charsPerSecond, 200);
        return text.Index().Where(c => !char.IsWhiteSpace(c.Item)).Select(c => new FilmCue(
            startSample + c.Index * 48_000L / charsPerSecond, SoundKind.Key, gainDecibelTenths, unchecked(seed + (ulong)c.Index), null));
    }

    private static FilmCue CueOf(SceneSound sound, long first, int repetition) => new(
        first + (long)repetition * sound.MsEvery * SamplesPerMilli,
        sound.Kind,
        sound.GainDecibelTenths,
        unchecked((ulong)sound.Seed + (ulong)repetition),
        sound.Place);

    private static long AnchorOf(SoundAnchor anchor, SceneSlot slot, Scene scene) => anchor switch
    {
        SoundAnchor.Transition => slot.StartSample + (slot.Index == 0 ? 0 : scene.Transition.Ms * SamplesPerMilli / 2),
        SoundAnchor.Speech => slot.SpeechStartSample,
        SoundAnchor.End => slot.StartSample + slot.Samples,
        _ => slot.StartSample,
    };
}
