using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class BlurChecks
{
    /// <summary>The oracle's sums run down the whole picture, the kernel's over stretches of it.</summary>
    public static string? Columns(Rig rig, Random random, int width, int rows)
    {
        var (source, target, radius) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), Radius(random));
        var (half, reciprocal) = SoftBlur.Mean(radius);
        var sums = new ushort[width];
        for (var y = -radius; y <= radius; y++)
        {
            for (var x = 0; x < width; x++)
            {
                sums[x] += RowAt(y)[x];
            }
        }

        fixed (ushort* running = sums)
        {
            for (var y = 0; y < rows; y++)
            {
                RowKernels.BlurColumns(RowAt(y + radius + 1), RowAt(y - radius), running, target.At(y), width, half, reciprocal, Lanes.Scalar);
            }
        }

        rig.Kernels.BlurColumns(rig.Stream, source.Device, target.Device, width, rows, radius);
        return target.Difference();

        byte* RowAt(int y) => source.At(Math.Clamp(y, 0, rows - 1));
    }

    public static string? Rows(Rig rig, Random random, int width, int rows)
    {
        var (source, target, radius) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), Radius(random));
        for (var y = 0; y < rows; y++)
        {
            SoftBlur.Line(source.At(y), target.At(y), width, radius);
        }

        rig.Kernels.BlurRows(rig.Stream, source.Device, target.Device, width, rows, radius);
        return target.Difference();
    }

    private static int Radius(Random random) => random.Next(4) == 0 ? SoftBlur.RadiusMax : random.Next(1, 12);
}
