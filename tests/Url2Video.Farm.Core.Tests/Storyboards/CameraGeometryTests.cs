using FsCheck.Xunit;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class CameraGeometryTests
{
    [Property(MaxTest = 500)]
    public void CropOf_AnyView_LiesInsideTheImageAndHasTheCanvasShape(int seed)
    {
        var random = new Random(seed);
        var (iw, ih, cw, ch) = (random.Next(1, 9_000), random.Next(1, 9_000), random.Next(128, 7_680), random.Next(128, 4_320));
        var view = new CameraView(new Point(random.Next(10_001), random.Next(10_001)), random.Next(10_000, 40_001));

        var crop = CameraGeometry.CropOf(view, iw, ih, cw, ch);

        Assert.InRange(crop.X, 0, (long)iw * FixedRect.One - crop.Width);
        Assert.InRange(crop.Y, 0, (long)ih * FixedRect.One - crop.Height);
        Assert.InRange(Math.Abs((double)crop.Width * ch / cw - crop.Height), 0, 2.0 * Math.Max(1, (double)ch / cw));
    }

    [Fact]
    public void CropOf_WholeViewOfTheSameShape_IsTheImage() =>
        Assert.Equal(new FixedRect(0, 0, 1600L * 65_536, 900L * 65_536), CameraGeometry.CropOf(CameraView.Whole, 1600, 900, 1920, 1080));

    [Fact]
    public void CropOf_ZoomTwoAtTheLeftEdge_IsPushedInside() =>
        Assert.Equal(
            new FixedRect(0, 225L * 65_536, 800L * 65_536, 450L * 65_536),
            CameraGeometry.CropOf(new CameraView(new Point(0, 5_000), 20_000), 1600, 900, 1920, 1080));
}
