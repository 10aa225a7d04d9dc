using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work.Quality;

/// <summary>What a storyboard lets a judge expect.</summary>
internal static class Outlines
{
    public static FilmOutline Of(Storyboard board, QualityWork work, Rational fps, ImmutableArray<SceneSlot> slots) =>
        new(board.Canvas.Width, board.Canvas.Height, fps, work.Frames, work.Samples, [.. slots.Select(s => SpanOf(board, board.Scenes[s.Index], s))])
        {
            ShortSideMin = work.ShortSideMin,
            LoudnessLufsTenths = board.LoudnessLufsTenths,
            HasMusic = board.Music is not null,
            IsGate = work.Mode == QualityMode.Gate,
            Palette = [.. FrameTapes.Roles.Zip(FrameTapes.ColoursOf(board.Palette), (role, colour) => EntryOf(board, role, colour))],
        };

    private static PaletteEntry EntryOf(Storyboard board, string role, Media.Pixels.Rgb colour) => new(
        role,
        FormattableString.Invariant($"#{colour.R:x2}{colour.G:x2}{colour.B:x2}"),
        role switch
        {
            "text" => board.Scenes.Any(s => !s.Texts.IsEmpty) || (board.Captions.IsBurned && board.Scenes.Any(s => !s.IsSilent)),
            "accent" => board.Scenes.Any(s => s.Texts.Any(t => t.Kind is TextKind.Number or TextKind.Quote)),
            _ => false,
        });

    private static SceneSpan SpanOf(Storyboard board, Scene scene, SceneSlot slot) => new(scene.Id, slot.StartFrame, slot.Frames, slot.TransitionFrames)
    {
        Moves = scene.Visual is Visual.Image { Camera: var camera } && (camera.Move is not null || camera.From != camera.To),
        IsPicture = scene.Visual is Visual.Image { Fit: Fit.Cover },
        IsAltered = !scene.Effects.IsEmpty || (scene.Look ?? board.Look) is { Numbers.IsNeutral: false },
        ComesThroughBlack = scene.Transition.Kind == TransitionKind.FadeBlack,
        IsSpoken = !scene.IsSilent,
    };
}
