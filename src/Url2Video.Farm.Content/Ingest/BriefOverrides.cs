using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Ingest;

/// <summary>A storyboard says how it wants to look and sound; only wishes that a person gave for this film go before it.</summary>
internal static class BriefOverrides
{
    public static Storyboard Apply(Storyboard storyboard, Brief brief)
    {
        var wishes = brief.Explicit;
        var canvas = storyboard.Canvas;
        if (wishes.HasFlag(BriefFields.Size))
        {
            canvas = canvas with { Width = brief.Width, Height = brief.Height };
        }

        if (wishes.HasFlag(BriefFields.Fps))
        {
            canvas = canvas with { Fps = brief.Fps };
        }

        var voice = storyboard.Voice;
        if (wishes.HasFlag(BriefFields.Voice) && brief.Voice is { } id)
        {
            voice = voice with { Id = Checked(id) };
        }

        var music = storyboard.Music;
        if (wishes.HasFlag(BriefFields.Music))
        {
            music = brief.Music ? music ?? new Music(MusicMood.Calm, SeedOf(brief)) : null;
        }

        return storyboard with
        {
            Canvas = canvas,
            Voice = voice,
            Music = music,
            Language = wishes.HasFlag(BriefFields.Language) && brief.Language is { } language ? language : storyboard.Language,
            LoudnessLufsTenths = wishes.HasFlag(BriefFields.Loudness) ? brief.LoudnessLufsTenths : storyboard.LoudnessLufsTenths,
            Captions = wishes.HasFlag(BriefFields.Captions) ? storyboard.Captions with { Placement = brief.Captions } : storyboard.Captions,
        };
    }

    /// <summary>A seed that JSON readers with doubles keep exactly.</summary>
    public static long SeedOf(Brief brief) => (long)(brief.Seed & (ulong)StoryboardReader.SeedMax);

    /// <exception cref="FarmException"><c>ERR_VOICE_NOT_FOUND</c>.</exception>
    public static string Checked(string voice) => VoiceId.IsWellFormed(voice)
        ? voice
        : throw new FarmException(
            ErrorCodes.VoiceNotFound,
            $"\"{voice}\" is not a voice id.",
            "Write engine:voice, such as flite:rms; `url2video voices` lists them.");
}
