using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Composition;

/// <summary>How much of a logo is seen at one of its pixels.</summary>
internal interface IRevealWeight
{
    /// <returns>0..255.</returns>
    int At(int x, int y);
}

/// <summary>All of it.</summary>
internal readonly struct WholeWeight : IRevealWeight
{
    public int At(int x, int y) => 255;
}

/// <summary>Where a part of a logo stands: the place of its top left corner in the frame, and how large a pixel of it is there.</summary>
/// <param name="LeftQ16">1/65536 of a pixel.</param>
/// <param name="ScaleQ16">65536 is its own size; 16384..131072.</param>
/// <param name="ColourShift">Pixels that its colours stand beside their light, even.</param>
internal readonly record struct LogoPlacement(long LeftQ16, long TopQ16, int ScaleQ16, int ColourShift = 0)
{
    public const int OwnSize = 1 << 16;
}

/// <summary>
/// Lays a part of a logo over a frame, at any place and size, through a weight. The rows are sampled one by one in integers and blended by the kernel of
/// overlays: in its place, at its size and whole it is to the bit what <see cref="Overlay"/> draws.
/// </summary>
internal sealed unsafe class LogoPainter(LogoPicture logo, int frameWidth, Lanes lanes) : IDisposable
{
    private readonly Plane8 _rows = new(frameWidth, 3);

    /// <param name="part">Of the logo, on even places.</param>
    /// <param name="alpha">0..32767 for all of it.</param>
    public void Paint<T>(YuvImage target, in LogoPlacement place, PixelRect part, T weight, int alpha) where T : struct, IRevealWeight
    {
        if (alpha <= 0)
        {
            return;
        }

        var step = (1L << 32) / place.ScaleQ16;
        var box = BoxOf(place, part, target);
        for (var y = box.Y; y < box.Bottom; y++)
        {
            Sample(logo.Y, y, box.X, box.Right, place, step, part, weight);
            RowKernels.Over(target.Y + ((nint)y * target.StrideY) + box.X, Row(0), Row(2), box.Width, alpha, lanes);
        }

        var shifted = place with { LeftQ16 = place.LeftQ16 + ((long)place.ColourShift << 16) };
        box = BoxOf(shifted, part, target);
        for (var y = box.Y / 2; y < box.Bottom / 2; y++)
        {
            SampleColour(y, box.X / 2, box.Right / 2, shifted, step, part, weight);
            var at = ((nint)y * target.StrideC) + (box.X / 2);
            RowKernels.Over(target.U + at, Row(0), Row(2), box.Width / 2, alpha, lanes);
            RowKernels.Over(target.V + at, Row(1), Row(2), box.Width / 2, alpha, lanes);
        }
    }

    /// <summary>White light where the logo is, as strong as the weight says.</summary>
    public void Light<T>(YuvImage target, in LogoPlacement place, T weight, int alpha) where T : struct, IRevealWeight
    {
        var box = BoxOf(place, logo.Whole, target);
        for (var y = box.Y; y < box.Bottom; y++)
        {
            Sample(logo.Opacity, y, box.X, box.Right, place, LogoPlacement.OwnSize, logo.Whole, weight);
            RowKernels.Paint(target.Y + ((nint)y * target.StrideY) + box.X, Row(2), box.Width, 235, alpha, lanes);
        }

        for (var y = box.Y / 2; y < box.Bottom / 2; y++)
        {
            SampleColour(y, box.X / 2, box.Right / 2, place, LogoPlacement.OwnSize, logo.Whole, weight);
            var at = ((nint)y * target.StrideC) + (box.X / 2);
            RowKernels.Paint(target.U + at, Row(2), box.Width / 2, 128, alpha, lanes);
            RowKernels.Paint(target.V + at, Row(2), box.Width / 2, 128, alpha, lanes);
        }
    }

    public void Dispose() => _rows.Dispose();

    private byte* Row(int row) => _rows.Pixels + ((nint)row * _rows.Stride);

    // Two pixels more on every side: what lies between the last pixel and nothing, and a colour sample's reach.
    private static PixelRect BoxOf(in LogoPlacement place, PixelRect part, YuvImage target)
    {
        var (x, y) = ((int)((place.LeftQ16 >> 16) - 2) & ~1, (int)((place.TopQ16 >> 16) - 2) & ~1);
        var right = (int)((place.LeftQ16 + ((long)part.Width * place.ScaleQ16)) >> 16) + 4;
        var bottom = (int)((place.TopQ16 + ((long)part.Height * place.ScaleQ16)) >> 16) + 4;
        return new PixelRect(x, y, (right - x) & ~1, (bottom - y) & ~1).Intersect(new PixelRect(0, 0, target.Width, target.Height));
    }

    private void Sample<T>(Plane8 colours, int y, int from, int to, in LogoPlacement place, long step, PixelRect part, T weight)
        where T : struct, IRevealWeight
    {
        byte* product = Row(0), opacity = Row(2);
        var sourceY = (((((long)y << 16) + 0x8000 - place.TopQ16) * step) >> 16) - 0x8000 + ((long)part.Y << 16);
        for (var x = from; x < to; x++)
        {
            var sourceX = (((((long)x << 16) + 0x8000 - place.LeftQ16) * step) >> 16) - 0x8000 + ((long)part.X << 16);
            var share = W15(WeightAt(weight, sourceX, sourceY));
            product[x - from] = (byte)MulHrs(LogoPicture.At(colours, part, sourceX, sourceY), share);
            opacity[x - from] = (byte)MulHrs(LogoPicture.At(logo.Opacity, part, sourceX, sourceY), share);
        }
    }

    private void SampleColour<T>(int y, int from, int to, in LogoPlacement place, long step, PixelRect part, T weight)
        where T : struct, IRevealWeight
    {
        byte* u = Row(0), v = Row(1), opacity = Row(2);
        var half = new PixelRect(part.X / 2, part.Y / 2, (part.Width + 1) / 2, (part.Height + 1) / 2);

        // A colour sample lies in the middle of the left of its luma pixels, and between two rows of them.
        var lumaY = ((((((long)y << 17) + 0x10000) - place.TopQ16) * step) >> 16) + ((long)part.Y << 16);
        for (var x = from; x < to; x++)
        {
            var lumaX = ((((((long)x << 17) + 0x8000) - place.LeftQ16) * step) >> 16) + ((long)part.X << 16);
            var (sourceX, sourceY) = ((lumaX - 0x8000) >> 1, (lumaY - 0x10000) >> 1);
            var share = W15(WeightAt(weight, lumaX - 0x8000, lumaY - 0x8000));
            u[x - from] = (byte)MulHrs(LogoPicture.At(logo.U, half, sourceX, sourceY), share);
            v[x - from] = (byte)MulHrs(LogoPicture.At(logo.V, half, sourceX, sourceY), share);
            opacity[x - from] = (byte)MulHrs(LogoPicture.At(logo.OpacityC, half, sourceX, sourceY), share);
        }
    }

    private static int WeightAt<T>(T weight, long xQ16, long yQ16) where T : struct, IRevealWeight =>
        weight.At((int)((xQ16 + 0x8000) >> 16), (int)((yQ16 + 0x8000) >> 16));
}
