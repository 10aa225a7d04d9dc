using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Media.Composition;
using Boards = Url2Video.Farm.Core.Storyboards;
using Pixels = Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>Says the farm's storyboard in the compositor's words. Pure: times become frames of the film that is composed.</summary>
internal static class FilmBuilder
{
    /// <summary>The part of a film that the given scenes make; its frame 0 is the first frame of the first scene.</summary>
    /// <param name="slots">Consecutive scenes.</param>
    /// <param name="captions">On the film's absolute frames; moved to the frames of the part here.</param>
    public static Film Build(
        Boards.Storyboard board,
        Rational fps,
        int width,
        int height,
        ImmutableArray<SceneSlot> slots,
        ImmutableArray<CaptionCue> captions)
    {
        var first = slots[0].StartFrame;
        var rate = new FrameRate((int)fps.Numerator, (int)fps.Denominator);
        var shots = slots.Select((slot, i) => new FilmShot(
            ShotOf(board, board.Scenes[slot.Index], slot, fps),
            slot.StartFrame - first,
            slot.Frames,
            i == 0 ? 0 : slot.TransitionFrames)
        {
            TailFrames = slot.TailFrames,
            Transition = SceneDress.TransitionOf(board.Scenes[slot.Index].Transition.Kind),
        });
        return new Film(width, height, rate, ThemeOf(board.Palette), [.. shots], Shift(captions, first, slots[^1]))
        {
            Logo = Brands.MarkOf(board.Watermark),

            // Of the whole film: the cards of a scene stand at the same place in every chunk that shows it.
            HasCaptionArea = board.Captions.IsBurned,
            CaptionPreset = board.Captions.Style switch
            {
                Boards.CaptionStyle.Clean => CaptionPreset.Outlined,
                Boards.CaptionStyle.Boxed => CaptionPreset.Boxed,
                Boards.CaptionStyle.WordPop => CaptionPreset.BoxedPoppingWord,
                _ => CaptionPreset.BoxedActiveWord,
            },
        };
    }

    /// <summary>One scene as it is composed.</summary>
    public static Shot ShotOf(Boards.Storyboard board, Boards.Scene scene, SceneSlot slot, Rational fps) =>
        new(SceneVisuals.Of(scene.Visual, scene.Id), [.. SceneCards.Of(scene, slot.Frames, fps, new FrameRate((int)fps.Numerator, (int)fps.Denominator), board.Language), .. SceneVisuals.LabelsOf(scene.Visual, board.Palette)])
        {
            Layers = [.. scene.Layers.Select(l => SceneLayers.Of(l, scene.Id))],
            Lighting = SceneLayers.LightingOf(scene.Lighting),
            Look = SceneDress.LookOf(scene.Look ?? board.Look),
            Filters = [.. scene.Plugins.Select(p => Brands.FilterOf(p, scene.Id))],
            Logo = Brands.LogoOf(scene.Logo),
            Effects = [.. scene.Effects.Select(SceneDress.EffectOf)],
        };

    private static Theme ThemeOf(Boards.Palette palette) =>
        new(ColourOf(palette.Accent), ColourOf(palette.Text), ColourOf(palette.Background), ColourOf(palette.Surface));

    private static Pixels.Rgb ColourOf(Boards.Rgb colour) => new(colour.R, colour.G, colour.B);

    private static ImmutableArray<CaptionCue> Shift(ImmutableArray<CaptionCue> captions, long first, SceneSlot last) =>
    [
        .. captions
            .Where(c => c.EndFrame > first && c.StartFrame < last.StartFrame + last.Frames)
            .Select(c => new CaptionCue(
                c.StartFrame - first,
                c.EndFrame - first,
                [.. c.Words.Select(w => new CaptionWord(w.Text, w.StartFrame - first, w.EndFrame - first))])),
    ];
}
