using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Text;
using Boards = Url2Video.Farm.Core.Storyboards;
using Pixels = Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>Visuals in the compositor's words.</summary>
internal static class SceneVisuals
{
    /// <summary>Views are in ten-thousandths in the document and in millionths in the compositor.</summary>
    private const int ViewScale = 100;

    /// <param name="sceneId">Of the visual's scene, for errors.</param>
    public static Background Of(Boards.Visual visual, string sceneId) => visual switch
    {
        Boards.Visual.Clip clip => new Background.Clip(
            IdOf(clip.Asset),
            ArtifactClips.NameOf(sceneId),
            ArtifactClips.PartOf(clip.Cut),
            new CameraMove(PoseOf(clip.Camera.From, clip.Focus), PoseOf(clip.Camera.To, clip.Focus), EasingOf(clip.Camera.Easing)),
            FitOf(clip.Fit)),
        Boards.Visual.Image image => new Background.Picture(
            IdOf(image.Asset),
            new CameraMove(PoseOf(image.Camera.From, image.Focus), PoseOf(image.Camera.To, image.Focus), EasingOf(image.Camera.Easing)),
            FitOf(image.Fit))
        {
            Motion = Motions.Of(image.Camera.Move, image.Focus),
            Brushes = [.. image.Brushes.Select(SceneLayers.BrushOf)],
        },
        Boards.Visual.Procedural generated => new Background.Generated(unchecked((ulong)generated.Seed), PatternOf(generated.Pattern)),
        Boards.Visual.Solid solid => new Background.Solid(ColourOf(solid.Colour)),
        Boards.Visual.Split split => new Background.Split(Still(split.Left, split.LeftFocus), Still(split.Right, split.RightFocus), KeysOf(split))
        {
            IsStacked = split.Arrangement == Boards.SplitArrangement.Stacked,
            IsBeside = split.Mode == Boards.SplitMode.Beside,
            DividerMillionths = split.DividerWidth * ViewScale,
            DividerColour = ColourOf(split.DividerColour),
        },
        Boards.Visual.Spin spin => new Background.Spin([.. spin.Assets.Select(IdOf)], spin.TurnsHundredths)
        {
            Fit = FitOf(spin.Fit),
            Delay = spin.MsDelay,
            Length = spin.Ms,
            Ease = Motions.CurveOf(spin.Easing),
            FadePercent = spin.FadePercent,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(visual), visual, "Not a visual."),
    };

    /// <summary>The labels of two pictures in their upper outer corners, or at the left of each when one lies above the other.</summary>
    public static ImmutableArray<TextCard> LabelsOf(Boards.Visual visual, Boards.Palette palette)
    {
        if (visual is not Boards.Visual.Split { Labels.IsEmpty: false } split)
        {
            return [];
        }

        var isStacked = split.Arrangement == Boards.SplitArrangement.Stacked;
        return
        [
            Label(split.Labels[0], 80_000, 90_000, LineAlign.Left),
            Label(split.Labels[1], isStacked ? 80_000 : 920_000, isStacked ? 850_000 : 90_000, isStacked ? LineAlign.Left : LineAlign.Right),
        ];

        TextCard Label(string text, int x, int y, LineAlign align) => new TextCard.Placed(
            0, TextCard.ToTheEnd, text, x, y, 40_000, ColourOf(palette.Text), align, IsBold: true, IsBoxed: true);
    }

    internal static string IdOf(Boards.VisualAsset asset) => asset is Boards.VisualAsset.Resolved resolved
        ? resolved.Artifact.Id.Sha256
        : throw new InvalidOperationException("A storyboard reaches a render only with its assets resolved.");

    private static Background.Picture Still(Boards.VisualAsset asset, Boards.Point focus)
    {
        var pose = PoseOf(Boards.CameraView.Whole, focus);
        return new Background.Picture(IdOf(asset), new CameraMove(pose, pose));
    }

    // The divider stands where it is said until the first moment of its way.
    private static ImmutableArray<SplitKey> KeysOf(Boards.Visual.Split split)
    {
        var sweep = split.Sweep.Select(k => new SplitKey(k.MsAt, k.At * ViewScale, Motions.CurveOf(k.Easing)));
        return split.Sweep is [{ MsAt: 0 }, ..] ? [.. sweep] : [new SplitKey(0, split.At * ViewScale, CubicBezier.Linear), .. sweep];
    }

    private static PictureFit FitOf(Boards.Fit fit) => fit == Boards.Fit.Contain ? PictureFit.Contain : PictureFit.Cover;

    private static GeneratedPattern PatternOf(Boards.Pattern pattern) => pattern switch
    {
        Boards.Pattern.Gradient => GeneratedPattern.Gradient,
        Boards.Pattern.Waves => GeneratedPattern.Waves,
        Boards.Pattern.Grid => GeneratedPattern.Grid,
        _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "Not a pattern."),
    };

    // A camera that looks at the middle of the picture looks at what matters in it.
    private static CameraPose PoseOf(Boards.CameraView view, Boards.Point focus)
    {
        var centre = view.Centre == Boards.Point.Centre ? focus : view.Centre;
        return new CameraPose(centre.X * ViewScale, centre.Y * ViewScale, view.Zoom * ViewScale);
    }

    private static Easing EasingOf(Boards.Easing easing) => easing == Boards.Easing.Smooth ? Easing.Smooth : Easing.Linear;

    private static Pixels.Rgb ColourOf(Boards.Rgb colour) => new(colour.R, colour.G, colour.B);
}
