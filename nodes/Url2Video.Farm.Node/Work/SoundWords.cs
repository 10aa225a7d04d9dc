using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Audio.Narration;
using Url2Video.Farm.Media.Audio.Spatial;
using Url2Video.Farm.Media.FFmpeg;
using EffectKind = Url2Video.Farm.Media.Audio.Effects.EffectKind;
using Mood = Url2Video.Farm.Media.Audio.MusicMood;
using Rooms = Url2Video.Farm.Media.Audio.Spatial.RoomSize;

namespace Url2Video.Farm.Node.Work;

/// <summary>The storyboard's words for sound in those of the mixer, which knows no storyboards.</summary>
internal static class SoundWords
{
    private const int SamplesPerMilli = 48;

    /// <param name="file">The music file, opened; null for the generated bed.</param>
    public static MusicPlan MusicOf(Storyboard board, StereoSource? file) => board.Music is not { } music
        ? MusicPlan.None
        : new MusicPlan(Of(NarrationMood.Of(board)), unchecked((ulong)music.Seed))
        {
            File = file,
            IsLooped = music.File?.End != MusicEnd.Silence,
            GainDecibelHundredths = 10 * music.GainDecibelTenths,
            FadeInSamples = music.MsFadeIn * SamplesPerMilli,
            FadeOutSamples = music.MsFadeOut * SamplesPerMilli,
            Duck = new DuckPlan(
                100 * music.Duck.DepthDecibel, music.Duck.MsAttack * SamplesPerMilli, music.Duck.MsRelease * SamplesPerMilli),
        };

    /// <exception cref="FarmException"><c>ERR_SOUND_UNREADABLE</c>, <c>ERR_TOO_LARGE</c>.</exception>
    public static StereoSource? OpenMusic(Storyboard board, WorkContext context)
    {
        if (board.Music?.File is not { Asset: VisualAsset.Resolved { Artifact: var artifact } } file)
        {
            return null;
        }

        try
        {
            using var stream = context.Artifacts.OpenRead(artifact);
            return StereoSource.Decode(
                stream, context.ScratchDir, (long)file.MsStart * SamplesPerMilli, Limits.MusicSecondsMax, context.Cancellation);
        }
        catch (FFmpegException e) when (MediaFaults.IsOfInput(e))
        {
            throw new FarmException(MediaFaults.OfSound(e, "The music"), e);
        }
    }

    public static SoundCue Of(FilmCue cue) =>
        new(cue.Sample, Of(cue.Kind), 10 * cue.GainDecibelTenths, cue.Seed, Of(cue.Place));

    public static SoundPosition? Of(SoundPlace? place) =>
        place is null ? null : new SoundPosition(place.AzimuthDegrees, place.ElevationDegrees, place.DistanceCentimetres);

    public static Enhancement Of(VoiceEnhance enhance) => enhance switch
    {
        VoiceEnhance.Light => Enhancement.Light,
        VoiceEnhance.Standard => Enhancement.Standard,
        VoiceEnhance.Aggressive => Enhancement.Aggressive,
        _ => Enhancement.Off,
    };

    public static Rooms Of(Core.Storyboards.Sounds.RoomSize size) => size switch
    {
        Core.Storyboards.Sounds.RoomSize.Small => Rooms.Small,
        Core.Storyboards.Sounds.RoomSize.Medium => Rooms.Medium,
        Core.Storyboards.Sounds.RoomSize.Large => Rooms.Large,
        _ => Rooms.None,
    };

    private static EffectKind Of(SoundKind kind) => kind switch
    {
        SoundKind.Key => EffectKind.Key,
        SoundKind.Click => EffectKind.Click,
        SoundKind.Whoosh => EffectKind.Whoosh,
        SoundKind.Pop => EffectKind.Pop,
        SoundKind.Ding => EffectKind.Ding,
        SoundKind.Riser => EffectKind.Riser,
        SoundKind.Impact => EffectKind.Impact,
        SoundKind.Sparkle => EffectKind.Sparkle,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The mixer does not know this sound."),
    };

    private static Mood Of(Core.Storyboards.MusicMood mood) => mood switch
    {
        Core.Storyboards.MusicMood.Warm => Mood.Warm,
        Core.Storyboards.MusicMood.Bright => Mood.Bright,
        Core.Storyboards.MusicMood.Epic => Mood.Epic,
        Core.Storyboards.MusicMood.Tense => Mood.Tense,
        Core.Storyboards.MusicMood.Sad => Mood.Sad,
        Core.Storyboards.MusicMood.Playful => Mood.Playful,
        Core.Storyboards.MusicMood.Corporate => Mood.Corporate,
        Core.Storyboards.MusicMood.Ambient => Mood.Ambient,
        _ => Mood.Calm,
    };
}
