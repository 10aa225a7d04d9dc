using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class CoverChecks
{
    public static string? Paint(Rig rig, Random random, int width, int rows)
    {
        var (row, mask) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows));
        var (colour, alpha) = ((byte)random.Next(256), Rig.Weight(random));
        for (var y = 0; y < rows; y++)
        {
            RowKernels.Paint(row.At(y), mask.At(y), width, colour, alpha, Lanes.Scalar);
        }

        rig.Kernels.Paint(rig.Stream, row.Device, mask.Device, width, rows, colour, alpha);
        return row.Difference();
    }

    public static string? Lay(Rig rig, Random random, int width, int rows)
    {
        var (row, layer, mask) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), rig.Noise(random, width, rows));
        var alpha = Rig.Weight(random);
        for (var y = 0; y < rows; y++)
        {
            RowKernels.Lay(row.At(y), layer.At(y), mask.At(y), width, alpha, Lanes.Scalar);
        }

        rig.Kernels.Lay(rig.Stream, row.Device, layer.Device, mask.Device, width, rows, alpha);
        return row.Difference();
    }

    /// <summary>Layers that are not premultiplied too: then sums leave a byte at both ends.</summary>
    public static string? Over(Rig rig, Random random, int width, int rows)
    {
        var (row, layer, opacity) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), rig.Noise(random, width, rows));
        var alpha = Rig.Weight(random);
        for (var y = 0; y < rows; y++)
        {
            RowKernels.Over(row.At(y), layer.At(y), opacity.At(y), width, alpha, Lanes.Scalar);
        }

        rig.Kernels.Over(rig.Stream, row.Device, layer.Device, opacity.Device, width, rows, alpha);
        return row.Difference();
    }

    public static string? Wipe(Rig rig, Random random, int width, int rows)
    {
        var (mask, left, pixels) = (rig.Noise(random, width, rows), random.Next(2_000), random.Next(1, 3));
        var edge = new WipeEdge((left + random.Next(-20, width + 20)) * pixels * 256, random.Next(1, 300), random.Next(2) == 0);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < width; x++)
            {
                mask.Row(y)[x] = (byte)((mask.Row(y)[x] * edge.ShareAt((left + x) * pixels)) >> 8);
            }
        }

        rig.Kernels.Wipe(rig.Stream, mask.Device, width, rows, edge, left, pixels);
        return mask.Difference();
    }
}
