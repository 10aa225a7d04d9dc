using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Work on the opacity of a frame with four bytes a pixel.</summary>
/// <param name="frame">Format rgba, bgra, argb or abgr.</param>
/// <param name="alphaByte">Place of opacity in a pixel, 0 or 3.</param>
internal readonly unsafe struct PackedAlpha(AvFrame frame, int alphaByte)
{
    internal int AlphaByte { get; } = alphaByte;

    internal bool IsOpaque()
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = Row(y);
            for (var x = AlphaByte; x < row.Length; x += 4)
            {
                if (row[x] != 255)
                {
                    return false;
                }
            }
        }

        return true;
    }

    internal void Premultiply()
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = Row(y);
            for (var x = 0; x < row.Length; x += 4)
            {
                var alpha = row[x + AlphaByte];
                foreach (ref var channel in Colours(row, x))
                {
                    channel = (byte)((channel * alpha + 127) / 255);
                }
            }
        }
    }

    internal void Unpremultiply()
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = Row(y);
            for (var x = 0; x < row.Length; x += 4)
            {
                var alpha = row[x + AlphaByte];
                foreach (ref var channel in Colours(row, x))
                {
                    // The scaler may overshoot: colour above opacity is clipped.
                    channel = alpha == 0 ? (byte)0 : (byte)Math.Min(255, (channel * 255 + alpha / 2) / alpha);
                }
            }
        }
    }

    internal Plane8 Extract()
    {
        var plane = new Plane8(frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
        {
            var source = Row(y);
            var target = plane.Row(y);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = source[x * 4 + AlphaByte];
            }
        }

        return plane;
    }

    private Span<byte> Colours(Span<byte> row, int pixel) => row.Slice(pixel + (AlphaByte == 0 ? 1 : 0), 3);

    private Span<byte> Row(int y) => new(frame.Planes[0] + (nint)frame.Strides[0] * y, frame.Width * 4);
}
