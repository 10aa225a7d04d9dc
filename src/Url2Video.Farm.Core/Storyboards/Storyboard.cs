using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>
/// The film as a document: what is said, what is seen, how it looks; never a time that only speech can decide. A value of this
/// type has passed <see cref="StoryboardReader"/> or was built by a writer that keeps the same bounds; every default is filled in.
/// </summary>
/// <param name="Title">1..200 characters.</param>
/// <param name="Language">BCP 47 language of the narration, e.g. <c>en</c> or <c>de-AT</c>.</param>
/// <param name="Music">Null for none.</param>
/// <param name="LoudnessLufsTenths">Integrated loudness of the film in tenths of LUFS, −310..−90.</param>
/// <param name="Scenes">In order of showing, 1..<see cref="Limits.ScenesPerStoryboardMax"/>, with ids that differ.</param>
public sealed record Storyboard(
    string Title,
    string Language,
    Canvas Canvas,
    Voice Voice,
    Music? Music,
    int LoudnessLufsTenths,
    CaptionLook Captions,
    Palette Palette,
    ImmutableArray<Scene> Scenes)
{
    /// <summary>The first property of every document; the number grows when old readers would misread a new document.</summary>
    public const string Schema = "url2video.storyboard/1";

    /// <summary>How scenes are graded that do not say it themselves; null: as they are.</summary>
    public Look? Look { get; init; }

    /// <summary>The room the film is heard in.</summary>
    public Space Space { get; init; } = Space.Default;
}

/// <param name="Width">Luma pixels, even, 128..7680.</param>
/// <param name="Height">Luma pixels, even, 128..4320.</param>
/// <param name="Fps">Frames a second, 1..120.</param>
public sealed record Canvas(int Width, int Height, Rational Fps);

/// <param name="Id">Engine and voice, e.g. <c>flite:rms</c> or <c>espeak:de</c>.</param>
/// <param name="RatePercent">50..200; 100 is the house rate of about 155 words a minute.</param>
public sealed record Voice(string Id, int RatePercent)
{
    public const string EnglishDefault = "flite:rms";

    /// <summary>What is done to the narration, spoken here or brought along.</summary>
    public VoiceEnhance Enhance { get; init; }

    /// <summary>The engine's part of the id, which is what a node must be able to do.</summary>
    public string Engine => Id[..Id.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>flite speaks English best of what is free and offline; espeak-ng speaks nearly everything else.</summary>
    public static string DefaultFor(string language)
    {
        var primary = language.Split('-')[0].ToLowerInvariant();
        return primary == "en" ? EnglishDefault : $"espeak:{primary}";
    }
}

public enum MusicMood
{
    Calm,
    Warm,
    Bright,
    Epic,
    Tense,
    Sad,
    Playful,
    Corporate,
    Ambient,

    /// <summary>The words of the film decide; see <see cref="NarrationMood"/>.</summary>
    Auto,
}

/// <param name="Seed">Chooses the tune, 0..2⁵³−1; the same seed gives the same samples.</param>
public sealed record Music(MusicMood Mood, long Seed)
{
    public const int MsFadeInDefault = 2_000;

    public const int MsFadeOutDefault = 4_000;

    /// <summary>A file in place of the generated bed; null for the bed.</summary>
    public MusicFile? File { get; init; }

    /// <summary>Above or below the house's level, which is 8 LU under the voice: −400..120.</summary>
    public int GainDecibelTenths { get; init; }

    /// <summary>10..30000; shorter in a film that has no room for it.</summary>
    public int MsFadeIn { get; init; } = MsFadeInDefault;

    /// <inheritdoc cref="MsFadeIn"/>
    public int MsFadeOut { get; init; } = MsFadeOutDefault;

    public Duck Duck { get; init; } = Duck.Default;
}

public enum CaptionStyle
{
    /// <summary>Outlined letters, no box.</summary>
    Clean,

    /// <summary>Letters on a dark translucent box.</summary>
    Boxed,

    /// <summary>Boxed, with the word that is being said in the accent colour.</summary>
    Karaoke,

    /// <summary>As karaoke, and the word grows for a moment as it begins.</summary>
    WordPop,
}

public sealed record CaptionLook(CaptionPlacement Placement, CaptionStyle Style)
{
    public bool IsBurned => Placement is CaptionPlacement.Burned or CaptionPlacement.Both;
}

/// <summary>
/// The colours of the film; <paramref name="Text"/> must be readable on <paramref name="Background"/> and
/// <paramref name="Surface"/>.
/// </summary>
public sealed record Palette(Rgb Background, Rgb Surface, Rgb Text, Rgb Accent)
{
    public static Palette Default { get; } = new(
        new(0x0E, 0x14, 0x24), new(0x1B, 0x25, 0x40), new(0xF7, 0xF9, 0xFC), new(0x4F, 0xB3, 0xFF));
}
