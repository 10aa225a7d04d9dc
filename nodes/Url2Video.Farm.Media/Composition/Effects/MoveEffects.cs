using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The left half, the upper half, or both, seen in a mirror.</summary>
internal sealed class MirrorEffect(bool isAcross, bool isDown) : IShotEffect
{
    public void Draw(long frame, YuvImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            Mirror(image.RowY(y));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            Mirror(image.RowU(y));
            Mirror(image.RowV(y));
        }

        for (var y = 0; isDown && y < image.Height / 2; y++)
        {
            image.RowY(y).CopyTo(image.RowY(image.Height - 1 - y));
        }

        for (var y = 0; isDown && y < image.Height / 4; y++)
        {
            image.RowU(y).CopyTo(image.RowU((image.Height / 2) - 1 - y));
            image.RowV(y).CopyTo(image.RowV((image.Height / 2) - 1 - y));
        }
    }

    private void Mirror(Span<byte> row)
    {
        if (isAcross)
        {
            var half = row.Length / 2;
            row[..half].CopyTo(row[^half..]);
            row[^half..].Reverse();
        }
    }
}

/// <summary>Rows swing sideways, as through moving water.</summary>
internal sealed class RippleEffect(int share, RenderContext context) : IShotEffect
{
    private const int WavesPerHeight = 9;
    private readonly Plane8 _row = new(context.Width, 1);

    public void Draw(long frame, YuvImage image)
    {
        var reach = (int)((long)image.Height * share / (50L * FixedPoint.One15));
        var turn = Swing.Turn(frame, context.Rate, 2, 0);
        for (var y = 0; y < image.Height; y++)
        {
            Shift.Row(image.RowY(y), Swing.At(reach, turn + Wave(y, image.Height)), _row.Row(0));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            var by = Swing.At(reach, turn + Wave(2 * y, image.Height)) / 2;
            Shift.Row(image.RowU(y), by, _row.Row(0));
            Shift.Row(image.RowV(y), by, _row.Row(0));
        }
    }

    public void Dispose() => _row.Dispose();

    private static uint Wave(int y, int height) => (uint)((ulong)y * WavesPerHeight * uint.MaxValue / (ulong)height);
}

/// <summary>The picture a little larger than the frame, and the frame wandering over it or nearing it.</summary>
internal sealed class CameraEffect(bool isPulse, ulong seed, int share, RenderContext context) : IShotEffect
{
    private readonly YuvImage _copy = new(context.Width, context.Height);

    public void Draw(long frame, YuvImage image)
    {
        ImageBlend.Copy(image, _copy);
        var (width, height) = ((long)image.Width << 32, (long)image.Height << 32);

        // A margin of up to a sixteenth on every side.
        var most = EasingCurve.One / 16 * share / FixedPoint.One15;
        var margin = isPulse ? (most + Swing.At((int)most, Swing.Turn(frame, context.Rate, 2, 0))) / 2 : most;
        var (dx, dy) = isPulse ? (0, 0) : (Wobble(frame, 0, most), Wobble(frame, 1, most));
        var window = new CropWindow(
            Of(width, margin + dx), Of(height, margin + dy), width - Of(width, 2 * margin), height - Of(height, 2 * margin));
        context.Sampler.Draw(_copy, window, image, new PixelRect(0, 0, image.Width, image.Height));
    }

    public void Dispose() => _copy.Dispose();

    private static long Of(long length, long share) => (long)(((Int128)length * share) >> 30);

    // Two swings that never meet in step, together within the margin.
    private long Wobble(long frame, int axis, long reach)
    {
        var phase = (uint)(seed * 0x9E3779B9) + ((uint)axis * 0x40000000);
        var slow = Swing.At((int)(reach * 5 / 8), Swing.Turn(frame, context.Rate, 2, phase));
        var fast = Swing.At((int)(reach * 3 / 8), (Swing.Turn(frame, context.Rate, 1, phase) * 3) + (uint)axis);
        return slow + fast;
    }
}
