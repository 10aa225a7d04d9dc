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
    private const int KeyDecibelTenths = -60;
    private const int SoftKeyDecibelTenths = -140;

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

        cues.AddRange(slots.SelectMany(slot => KeysOf(storyboard, slot)).Take(SceneSound.PerFilmMax));
        return [.. cues.OrderBy(c => c.Sample)];
    }

    // Of texts that are typed. Each stroke is another take, as with repetitions.
    private static IEnumerable<FilmCue> KeysOf(Storyboard storyboard, SceneSlot slot) =>
        KeyCues.Of(storyboard.Scenes[slot.Index], storyboard.Canvas.Fps).Where(k => k.Sample < slot.Samples).Select((key, i) => new FilmCue(
            slot.StartSample + key.Sample, SoundKind.Key, key.Sound == KeySound.Soft ? SoftKeyDecibelTenths : KeyDecibelTenths, (ulong)i, null));

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
