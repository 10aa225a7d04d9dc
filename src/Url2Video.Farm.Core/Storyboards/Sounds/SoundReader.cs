using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>Reads what a storyboard says of its sound.</summary>
internal static class SoundReader
{
    /// <summary>An hour into a file is further than any music goes.</summary>
    private const int MsStartMax = 3_600_000;

    public static Music ReadMusic(StrictObject music, ReadErrors errors) =>
        new(music.Choice("mood", MusicMood.Calm), music.OptionalInteger("seed", 0, StoryboardReader.SeedMax) ?? 0)
        {
            File = ReadFile(music, errors),
            GainDecibelTenths = Gain(music),
            MsFadeIn = music.Integer("fadeInMs", 10, 30_000, Music.MsFadeInDefault),
            MsFadeOut = music.Integer("fadeOutMs", 10, 30_000, Music.MsFadeOutDefault),
            Duck = music.Child("duck", ReadDuck) ?? Duck.Default,
        };

    /// <summary>A number of LUFS, or the name of a preset.</summary>
    public static int ReadLoudness(StrictObject root, ReadErrors errors)
    {
        if (!root.TryGet("loudness", out var value) || value.ValueKind != JsonValueKind.String)
        {
            return root.Decimal("loudness", 10, -310, -90, -140);
        }

        var word = root.OptionalText("loudness", 1, 16) ?? "social";
        if (LoudnessPreset.TenthsOf(word) is { } tenths)
        {
            return tenths;
        }

        errors.Invalid(root.PointerOf("loudness"), $"\"{word}\" is not a loudness.", $"Write a number of LUFS, or {LoudnessPreset.Words}.");
        return -140;
    }

    public static Space ReadSpace(StrictObject space) => new(
        space.Choice("room", Space.Default.Room),
        space.Decimal("wet", 100, 0, 100, Space.Default.WetPercent),
        space.Child("voice", ReadPlace));

    public static VisualAsset? ReadNarration(StrictObject scene, ReadErrors errors) =>
        scene.TryGet("narration", out _) ? VisualReader.ReadAsset(scene, "narration", "audio/scene-1.wav", errors) : null;

    public static SceneSound ReadSound(JsonElement element, string pointer, ReadErrors errors)
    {
        var sound = new StrictObject(element, pointer, errors);
        var result = new SceneSound(
            sound.RequireChoice<SoundKind>("kind"),
            sound.Choice("on", SoundAnchor.Start),
            sound.Integer("atMs", -10_000, 600_000, 0),
            Gain(sound),
            sound.Integer("count", 1, SceneSound.CountMax, 1),
            sound.Integer("everyMs", 10, 5_000, 20),
            sound.OptionalInteger("seed", 0, StoryboardReader.SeedMax) ?? 0,
            sound.Child("place", ReadPlace));
        sound.Finish();
        return result;
    }

    /// <summary>A document of a few kilobytes must not order hours of mixing.</summary>
    public static void CheckCount(Storyboard storyboard, StrictObject root, ReadErrors errors)
    {
        var count = storyboard.Scenes.Sum(s => s.Sounds.Sum(c => (long)c.Count));
        if (count > SceneSound.PerFilmMax)
        {
            errors.Invalid(root.PointerOf("scenes"), $"the film has {count} sounds, repetitions included; {SceneSound.PerFilmMax} are allowed.");
        }

        var places = storyboard.Scenes.SelectMany(s => s.Sounds).Select(s => s.Place).Where(p => p is not null).Distinct().Count();
        if (places > SceneSound.PlacesPerFilmMax)
        {
            errors.Invalid(root.PointerOf("scenes"), $"the film's sounds have {places} different places; {SceneSound.PlacesPerFilmMax} are allowed.");
        }
    }

    private static MusicFile? ReadFile(StrictObject music, ReadErrors errors)
    {
        var start = music.Integer("startMs", 0, MsStartMax, 0);
        var end = music.Choice("end", MusicEnd.Loop);
        return music.TryGet("file", out _) ? new MusicFile(VisualReader.ReadAsset(music, "file", "audio/music.mp3", errors), start, end) : null;
    }

    private static Duck ReadDuck(StrictObject duck) => new(
        duck.Integer("depth", 0, Duck.DepthDecibelMax, Duck.Default.DepthDecibel),
        duck.Integer("attackMs", 20, 5_000, Duck.Default.MsAttack),
        duck.Integer("releaseMs", 20, 10_000, Duck.Default.MsRelease));

    private static SoundPlace ReadPlace(StrictObject place) => new(
        place.Integer("azimuth", -180, 180, 0),
        place.Integer("elevation", -90, 90, 0),
        place.Decimal("distance", 100, 20, 2_000, 100));

    private static int Gain(StrictObject parent) => parent.Decimal("gain", 10, -400, 120, 0);
}
