using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// How a still picture is framed and moved: never enlarged past what its pixels bear, seeded, and never the same move twice in a
/// row.
/// </summary>
internal static class CameraMoves
{
    /// <summary>Enlarging by more than 1.5 looks soft; in ten-thousandths of canvas pixels per image pixel.</summary>
    private const long EnlargeMax = 15_000;

    /// <summary>A crop that loses more than this share of the picture hides what it is about: show all of it instead.</summary>
    private const int CropPercentMax = 42;

    private const int ZoomNear = 11_400;

    /// <returns>False when the picture is so small that even the whole of it would be enlarged threefold.</returns>
    public static bool IsUsable(SourceImage image, Canvas canvas) => ContainScale(image, canvas) <= 3 * (long)Point.Scale;

    public static (Fit Fit, Camera Camera) For(SourceImage image, Canvas canvas, ulong seed, int scene)
    {
        if (CroppedPercent(image, canvas) > CropPercentMax || CoverScale(image, canvas) > 2 * EnlargeMax)
        {
            return (Fit.Contain, new Camera(CameraView.Whole, new CameraView(Point.Centre, 10_500), Easing.Smooth));
        }

        var near = (int)Math.Clamp(EnlargeMax * Point.Scale / CoverScale(image, canvas), 10_600, ZoomNear);
        var far = new CameraView(Point.Centre, Point.Scale);
        var drift = new CameraView(new Point(5_000, 4_600), near);

        // Odd and even scenes draw from different moves, so neighbours always differ.
        Camera[] moves = scene % 2 == 0
            ? [new(far, drift, Easing.Smooth), new(Shift(-450, 0, near), Shift(450, 0, near), Easing.Smooth)]
            : [new(drift, far, Easing.Smooth), new(Shift(450, 0, near), Shift(-450, 0, near), Easing.Smooth)];
        return (Fit.Cover, moves[SeededRandom.Choose(seed, Purpose.Camera, scene, moves.Length)]);
    }

    private static CameraView Shift(int x, int y, int zoom) => new(new Point(5_000 + x, 5_000 + y), zoom);

    /// <summary>Canvas pixels per image pixel, in ten-thousandths, when the canvas is filled.</summary>
    private static long CoverScale(SourceImage image, Canvas canvas) =>
        Math.Max((long)canvas.Width * Point.Scale / image.Width, (long)canvas.Height * Point.Scale / image.Height);

    private static long ContainScale(SourceImage image, Canvas canvas) =>
        Math.Min((long)canvas.Width * Point.Scale / image.Width, (long)canvas.Height * Point.Scale / image.Height);

    private static int CroppedPercent(SourceImage image, Canvas canvas) =>
        (int)(100 - 100 * ContainScale(image, canvas) / Math.Max(1, CoverScale(image, canvas)));
}

/// <summary>What seeded choices are for; the numbers are part of what a seed means and never change.</summary>
internal static class Purpose
{
    public const int Camera = 1;

    public const int Background = 2;

    public const int Music = 3;
}
