using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.Composition.PlaneGeometry;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The fields of arrival times, by kind; whole numbers and square roots only.</summary>
internal static class ArrivalShapes
{
    private const int Max = Field16.Max;
    private const int Slats = 9;
    private const int CheckerRows = 6;
    private const int BlockRows = 9;

    /// <summary>How soft the edge is: bits of the 14 of all times.</summary>
    public static int SoftBitsOf(TransitionKind kind) => kind switch
    {
        TransitionKind.Dissolve or TransitionKind.Blocks => 12,
        TransitionKind.Checker or TransitionKind.BlindsH or TransitionKind.BlindsV => 10,
        TransitionKind.Clock or TransitionKind.Pinwheel or TransitionKind.Star or TransitionKind.Iris or TransitionKind.Diamond => 9,
        TransitionKind.CircleOpen or TransitionKind.CircleClose or TransitionKind.BarnDoorH or TransitionKind.BarnDoorV => 10,
        _ => 11,
    };

    public static ArrivalShape Of(TransitionKind kind, int width, int height)
    {
        var radius = Length(width, height);
        return kind switch
        {
            TransitionKind.WipeLeft => (x, _) => Share(width - x, 2 * width),
            TransitionKind.WipeRight => (x, _) => Share(width + x, 2 * width),
            TransitionKind.WipeUp => (_, y) => Share(height - y, 2 * height),
            TransitionKind.WipeDown => (_, y) => Share(height + y, 2 * height),
            TransitionKind.Diagonal => (x, y) => (Share(width + x, 2 * width) + Share(height + y, 2 * height)) / 2,
            TransitionKind.DiagonalUp => (x, y) => (Share(width + x, 2 * width) + Share(height - y, 2 * height)) / 2,
            TransitionKind.CircleOpen => (x, y) => Share(Length(x, y), radius),
            TransitionKind.CircleClose => (x, y) => Max - Share(Length(x, y), radius),
            TransitionKind.Iris => Gauge(Hexagon, width, height),
            TransitionKind.Diamond => (x, y) => (Share(Math.Abs(x), width) + Share(Math.Abs(y), height)) / 2,
            TransitionKind.Star => Gauge(Pentagram, width, height),
            TransitionKind.Clock => (x, y) => Turn(x, y) >> 2,
            TransitionKind.Pinwheel => (x, y) => Turn(x, y) & Max,
            TransitionKind.Spiral => (x, y) => ((Turn(x, y) >> 2) + Share(Length(x, y), radius)) / 2,
            TransitionKind.BarnDoorH => (x, _) => Share(Math.Abs(x), width),
            TransitionKind.BarnDoorV => (_, y) => Share(Math.Abs(y), height),
            TransitionKind.BlindsH => (_, y) => Share(Within(height + y, (2 * height / Slats) + 1), (2 * height / Slats) + 1),
            TransitionKind.BlindsV => (x, _) => Share(Within(width + x, (2 * height / Slats) + 1), (2 * height / Slats) + 1),
            TransitionKind.Checker => Checker(width, height),
            TransitionKind.Blocks => Cells(width, height, Math.Max(4, 2 * height / BlockRows)),
            TransitionKind.Dissolve => Cells(width, height, Math.Max(4, height / 270 * 2)),
            TransitionKind.Clouds => (x, y) => Clouds(x, y, height),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a wipe."),
        };
    }

    private static int Share(int part, int whole) => (int)((long)part * Max / whole);

    // A gauge is largest somewhere on the border, so the border says how far it goes.
    private static ArrivalShape Gauge(Func<int, int, int> gauge, int width, int height)
    {
        var largest = 1;
        for (var x = -width; x <= width; x++)
        {
            largest = Math.Max(largest, Math.Max(gauge(x, -height), gauge(x, height)));
        }

        for (var y = -height; y <= height; y++)
        {
            largest = Math.Max(largest, Math.Max(gauge(-width, y), gauge(width, y)));
        }

        return (x, y) => Share(gauge(x, y), largest);
    }

    private static ArrivalShape Checker(int width, int height)
    {
        var side = Math.Max(4, 2 * height / CheckerRows);
        return (x, y) =>
        {
            var isSecond = ((((x + width) / side) + ((y + height) / side)) & 1) != 0;
            return (Share(Within(x + width, side), side) / 2) + (isSecond ? (Max / 2) + 1 : 0);
        };
    }

    private static ArrivalShape Cells(int width, int height, int side) =>
        (x, y) => (int)(Hash((x + width) / side, (y + height) / side, 1) & Max);

    // Four octaves; values gather about the middle, so their middle half is stretched over all times.
    private static int Clouds(int x, int y, int height)
    {
        var sum = 0;
        for (var octave = 0; octave < 4; octave++)
        {
            sum += ValueNoise(x, y, Math.Max(2, height >> octave), (uint)octave) >> octave;
        }

        return (int)(((long)sum * 8 / 15) - (1 << 14)) * Max / (1 << 15);
    }
}
