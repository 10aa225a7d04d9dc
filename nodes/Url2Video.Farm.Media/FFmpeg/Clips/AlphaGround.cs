using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Pixels with opacity on a ground of one colour.</summary>
internal static unsafe class AlphaGround
{
    private const int PixelBytes = 4;

    /// <param name="source">Format bgra, not multiplied by its opacity.</param>
    /// <param name="target">Of the same size; may be the same frame.</param>
    internal static void Lay(AvFrame source, AvFrame target, Rgb ground)
    {
        for (var y = 0; y < target.Height; y++)
        {
            var from = new ReadOnlySpan<byte>(source.Planes[0] + (nint)source.Strides[0] * y, target.Width * PixelBytes);
            var to = new Span<byte>(target.Planes[0] + (nint)target.Strides[0] * y, target.Width * PixelBytes);
            for (var x = 0; x < to.Length; x += PixelBytes)
            {
                var alpha = from[x + 3];
                to[x] = Mix(from[x], ground.B, alpha);
                to[x + 1] = Mix(from[x + 1], ground.G, alpha);
                to[x + 2] = Mix(from[x + 2], ground.R, alpha);
                to[x + 3] = byte.MaxValue;
            }
        }
    }

    private static byte Mix(byte colour, byte ground, byte alpha) => (byte)(((colour * alpha) + (ground * (255 - alpha)) + 127) / 255);
}
