using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The planes of a layer's content: made once, or once a frame where the content moves.</summary>
internal static class LayerPlanes
{
    /// <summary>Copies a picture into the middle of a larger one and repeats its edges around it.</summary>
    /// <param name="rim">Luma pixels on each side, a multiple of 4.</param>
    public static void CopyIn(YuvImage inner, YuvImage target, int rim)
    {
        for (var y = 0; y < inner.Height; y++)
        {
            inner.RowY(y).CopyTo(target.RowY(rim + y)[rim..]);
        }

        for (var y = 0; y < inner.Height / 2; y++)
        {
            inner.RowU(y).CopyTo(target.RowU((rim / 2) + y)[(rim / 2)..]);
            inner.RowV(y).CopyTo(target.RowV((rim / 2) + y)[(rim / 2)..]);
        }

        RepeatEdges(target, rim);
    }

    /// <summary>Writes the rim of a picture whose middle is there.</summary>
    public static void RepeatEdges(YuvImage image, int rim)
    {
        var (end, half) = (image.Height - rim, rim / 2);
        for (var y = 0; y < image.Height; y++)
        {
            Repeat(image.RowY(Math.Clamp(y, rim, end - 1)), image.RowY(y), rim);
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            var from = Math.Clamp(y, half, (end / 2) - 1);
            Repeat(image.RowU(from), image.RowU(y), half);
            Repeat(image.RowV(from), image.RowV(y), half);
        }
    }

    /// <summary>The opacity of a layer: what its picture has, as far as its shape goes. Y for luma, U for chroma, with a rim of nothing.</summary>
    /// <param name="picture">Of the content's size; disposed. Null for opaque.</param>
    public static YuvImage OpacityOf(Plane8? picture, Layer layer, LayerSize size, int width, int height)
    {
        const int Rim = LayerContent.Rim;
        var opacity = new YuvImage(width + (2 * Rim), height + (2 * Rim));
        opacity.Fill(0, 0, 0);
        var shape = LayerOutline.Of(layer, size, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = opacity.RowY(Rim + y).Slice(Rim, width);
            if (picture is null)
            {
                row.Fill(255);
            }
            else
            {
                picture.Row(y).CopyTo(row);
            }

            shape?.Cut(row, y);
        }

        picture?.Dispose();
        SiteChroma(opacity);
        return opacity;
    }

    /// <summary>Makes the opacity for chroma of that for luma, as <see cref="Mask"/> does: level with the left pixel of a pair, weights 1 2 1.</summary>
    public static void SiteChroma(YuvImage opacity)
    {
        for (var y = 0; y < opacity.Height / 2; y++)
        {
            var upper = opacity.RowY(2 * y);
            var lower = opacity.RowY((2 * y) + 1);
            var chroma = opacity.RowU(y);
            for (var x = 0; x < chroma.Length; x++)
            {
                var left = Math.Max(0, (2 * x) - 1);
                var sum = upper[left] + (2 * upper[2 * x]) + upper[(2 * x) + 1] + lower[left] + (2 * lower[2 * x]) + lower[(2 * x) + 1];
                chroma[x] = (byte)((sum + 4) >> 3);
            }
        }
    }

    private static void Repeat(ReadOnlySpan<byte> from, Span<byte> to, int rim)
    {
        if (from != to)
        {
            from.CopyTo(to);
        }

        to[..rim].Fill(to[rim]);
        to[^rim..].Fill(to[^(rim + 1)]);
    }
}
