using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Reads a camera move: each has its own properties, and no others. Left and right are signs of one number.</summary>
internal static class CameraMoveReader
{
    private const int ZoomMax = 4 * Point.Scale;

    private enum Word
    {
        Pan,
        PanLeft,
        PanRight,
        Tilt,
        TiltUp,
        TiltDown,
        Roll,
        Orbit,
        Zoom,
        DollyZoom,
        Tracking,
    }

    public static CameraMove Read(StrictObject camera, ReadErrors errors)
    {
        var word = camera.RequireChoice<Word>("move");
        var move = new CameraMove(
            KindOf(word),
            camera.Integer("delayMs", 0, CameraMove.MsDelayMax, 0),
            (int?)camera.OptionalInteger("ms", 100, CameraMove.MsMax) ?? MsOf(word),
            CurveReader.Read(camera, "easing", EasingOf(word), errors))
        {
            SpeedPercent = camera.Decimal("speed", 100, 10, 400, 100),
            IntensityPercent = camera.Decimal("intensity", 100, 0, 100, 100),
        };
        return move.Kind switch
        {
            CameraMoveKind.Zoom => move with
            {
                ZoomFrom = camera.Decimal("from", Point.Scale, Point.Scale, ZoomMax, Point.Scale),
                ZoomTo = camera.Decimal("to", Point.Scale, Point.Scale, ZoomMax, 3 * Point.Scale / 2),
            },
            CameraMoveKind.DollyZoom => ReadDolly(camera, move, errors),
            CameraMoveKind.Tracking => move with
            {
                ZoomFrom = camera.Decimal("zoom", Point.Scale, Point.Scale, ZoomMax, 8 * Point.Scale / 5),
                Path = camera.List("path", 2, CameraMove.PointsMax, (v, p) => ReadPoint(camera, v, p, errors)),
            },
            _ => ReadTurn(camera, word, move),
        };
    }

    private static CameraMoveKind KindOf(Word word) => word switch
    {
        Word.Pan or Word.PanLeft or Word.PanRight => CameraMoveKind.Pan,
        Word.Tilt or Word.TiltUp or Word.TiltDown => CameraMoveKind.Tilt,
        Word.Roll => CameraMoveKind.Roll,
        Word.Orbit => CameraMoveKind.Orbit,
        Word.Zoom => CameraMoveKind.Zoom,
        Word.DollyZoom => CameraMoveKind.DollyZoom,
        _ => CameraMoveKind.Tracking,
    };

    // The manual's pan: three seconds on the standard curve of its animations.
    private static int? MsOf(Word word) => word is Word.PanLeft or Word.PanRight ? 3_000 : null;

    private static Curve EasingOf(Word word) =>
        word is Word.Pan or Word.PanLeft or Word.PanRight ? new Curve(4_000, 0, 2_000, 10_000) : Curve.Smooth;

    private static CameraMove ReadTurn(StrictObject camera, Word word, CameraMove move)
    {
        const int Most = CameraMove.DegreesHundredthsMax;
        var (min, max, otherwise) = word switch
        {
            Word.PanLeft => (-Most, 0, -4_500),
            Word.PanRight => (0, Most, 4_500),
            Word.TiltUp => (0, Most, 2_000),
            Word.TiltDown => (-Most, 0, -2_000),
            Word.Pan => (-Most, Most, -4_500),
            Word.Tilt => (-Most, Most, 2_000),
            Word.Orbit => (-Most, Most, 3_000),
            _ => (-Most, Most, 800),
        };
        return move with
        {
            DegreesHundredths = camera.Decimal("degrees", 100, min, max, otherwise),
            FieldOfViewHundredths = camera.Decimal("fieldOfView", 100, 1_000, 7_000, move.FieldOfViewHundredths),
        };
    }

    private static CameraMove ReadDolly(StrictObject camera, CameraMove move, ReadErrors errors)
    {
        var result = move with
        {
            FromCm = camera.Decimal("fromDistance", 100, 50, 10_000, move.FromCm),
            ToCm = camera.Decimal("toDistance", 100, 50, 10_000, move.ToCm),
            BackgroundCm = camera.Decimal("background", 100, 10, 100_000, move.BackgroundCm),
            FocalMmTenths = camera.Decimal("focal", 10, CameraMove.FocalMmTenthsMin, CameraMove.FocalMmTenthsMax, move.FocalMmTenths),
            Subject = camera.Decimal("subject", Point.Scale, Point.Scale / 10, 9 * Point.Scale / 10, move.Subject),
        };
        var end = (long)result.FocalMmTenths * result.ToCm / result.FromCm;
        if (end is < CameraMove.FocalMmTenthsMin or > CameraMove.FocalMmTenthsMax)
        {
            errors.Invalid(
                camera.PointerOf("toDistance"),
                FormattableString.Invariant($"the lens would end at {end / 10.0:0.#} mm."),
                FormattableString.Invariant($"Keep focal × toDistance / fromDistance within {CameraMove.FocalMmTenthsMin / 10} and {CameraMove.FocalMmTenthsMax / 10} mm."));
        }

        return result;
    }

    private static Point ReadPoint(StrictObject camera, JsonElement value, string pointer, ReadErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2)
        {
            errors.Invalid(pointer, "expected a point, two numbers from 0 to 100.", "Write [50, 20] for the middle, a fifth from the top.");
            return Point.Centre;
        }

        return new Point(Percent(0), Percent(1));

        int Percent(int index) => camera.DecimalAt(value[index], $"{pointer}/{index}", 100, 0, CameraMove.PathScale) ?? 0;
    }
}
