using Url2Video.Farm.Media.Composition;
using Boards = Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work;

/// <summary>Says the storyboard's movements in the compositor's words.</summary>
internal static class Motions
{
    /// <summary>Views are in ten-thousandths in the document and in millionths in the compositor.</summary>
    private const int ViewScale = 100;

    /// <param name="value">The text that is animated, for one that counts.</param>
    public static TextMotion? Of(Boards.TextAnimation? animation, string value, string language)
    {
        if (animation is null)
        {
            return null;
        }

        return new TextMotion(KindOf(animation.Kind), animation.MsDelay, animation.Ms, CurveOf(animation.Easing))
        {
            DistanceTenths = animation.DistancePxTenths,
            PerSecondTenths = Math.Max(1, animation.PerSecondTenths),
            HasCursor = animation.HasCursor,
            Counter = animation.Kind == Boards.TextAnimationKind.CountUp ? CounterOf(animation, value, language) : null,
        };
    }

    /// <param name="focus">Where the picture is looked at unless the move says.</param>
    public static CameraMotion? Of(Boards.CameraMove? move, Boards.Point focus)
    {
        if (move is null)
        {
            return null;
        }

        var timing = new CameraTiming(move.MsDelay, move.Ms, CurveOf(move.Easing), move.SpeedPercent);
        return move.Kind switch
        {
            Boards.CameraMoveKind.Zoom => new CameraMotion.Zoom(timing, PoseOf(focus, move.ZoomFrom),
                PoseOf(focus, move.ZoomFrom + Part(move.ZoomTo - move.ZoomFrom, move))),
            Boards.CameraMoveKind.DollyZoom => new CameraMotion.DollyZoom(timing, PoseOf(focus, Boards.Point.Scale),
                move.Subject * ViewScale, move.FromCm, move.FromCm + Part(move.ToCm - move.FromCm, move), move.BackgroundCm),
            Boards.CameraMoveKind.Tracking => new CameraMotion.Track(timing,
                [.. move.Path.Select(p => new PathPoint(
                    (move.Path[0].X + Part(p.X - move.Path[0].X, move)) * ViewScale,
                    (move.Path[0].Y + Part(p.Y - move.Path[0].Y, move)) * ViewScale))],
                move.ZoomFrom * ViewScale),
            _ => new CameraMotion.Turn(timing, AxisOf(move.Kind), Part(move.DegreesHundredths, move), move.FieldOfViewHundredths),
        };
    }

    private static int Part(int whole, Boards.CameraMove move) => (int)((long)whole * move.IntensityPercent / 100);

    private static CameraPose PoseOf(Boards.Point centre, int zoom) => new(centre.X * ViewScale, centre.Y * ViewScale, zoom * ViewScale);

    public static CubicBezier CurveOf(Boards.Curve curve) => new(curve.X1, curve.Y1, curve.X2, curve.Y2);

    private static Counter? CounterOf(Boards.TextAnimation animation, string value, string language)
    {
        if (Boards.CounterText.Find(value, language) is not { } found)
        {
            return null;
        }

        var scale = 1L;
        for (var i = 0; i < found.Decimals; i++)
        {
            scale *= 10;
        }

        var isGrouped = animation.IsGrouped ?? found.IsGrouped;
        return new Counter(found.Before, found.After, checked(animation.CountFrom * scale), found.Digits, found.Decimals,
            found.Signs.Decimal, found.Signs.Group, isGrouped ? found.Signs.GroupSize : 0);
    }

    private static TurnAxis AxisOf(Boards.CameraMoveKind kind) => kind switch
    {
        Boards.CameraMoveKind.Pan => TurnAxis.Pan,
        Boards.CameraMoveKind.Tilt => TurnAxis.Tilt,
        Boards.CameraMoveKind.Roll => TurnAxis.Roll,
        Boards.CameraMoveKind.Orbit => TurnAxis.Orbit,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a turn."),
    };

    private static TextMotionKind KindOf(Boards.TextAnimationKind kind) => kind switch
    {
        Boards.TextAnimationKind.None => TextMotionKind.None,
        Boards.TextAnimationKind.FadeIn => TextMotionKind.FadeIn,
        Boards.TextAnimationKind.FadeInUp => TextMotionKind.FadeInUp,
        Boards.TextAnimationKind.SlideInLeft => TextMotionKind.SlideInLeft,
        Boards.TextAnimationKind.SlideInRight => TextMotionKind.SlideInRight,
        Boards.TextAnimationKind.SlideInUp => TextMotionKind.SlideInUp,
        Boards.TextAnimationKind.SlideInDown => TextMotionKind.SlideInDown,
        Boards.TextAnimationKind.ZoomIn => TextMotionKind.ZoomIn,
        Boards.TextAnimationKind.BlurIn => TextMotionKind.BlurIn,
        Boards.TextAnimationKind.Wipe => TextMotionKind.Wipe,
        Boards.TextAnimationKind.WordByWord => TextMotionKind.WordByWord,
        Boards.TextAnimationKind.WordPop => TextMotionKind.WordPop,
        Boards.TextAnimationKind.LetterByLetter => TextMotionKind.LetterByLetter,
        Boards.TextAnimationKind.Typewriter => TextMotionKind.Typewriter,
        Boards.TextAnimationKind.CountUp => TextMotionKind.CountUp,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an animation."),
    };
}
