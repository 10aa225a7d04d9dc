using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class WarpChecks
{
    public static string? Warp(Rig rig, Random random, int width, int rows)
    {
        var (sourceWidth, sourceHeight, isChroma) = (random.Next(2, 80), random.Next(2, 80), random.Next(2) == 0);
        var (source, target) = (rig.Noise(random, sourceWidth, sourceHeight), rig.Noise(random, width, rows));
        var step = isChroma ? 2 : 1;
        var (columns, nodeRows) = ((((width - 1) >> 4) * step) + step + 1, ((step * (rows - 1)) >> 4) + 2);

        // In and around the source, twice as far for chroma, whose places are halved; neighbours up to three pixels a pixel apart.
        var nodes = new (int U, int V)[columns * nodeRows];
        foreach (ref var node in nodes.AsSpan())
        {
            node = (random.Next(-8 << 16, (sourceWidth + 8) << 16) * step, random.Next(-8 << 16, (sourceHeight + 8) << 16) * step);
        }

        var line = new (int U, int V)[columns];
        var pixels = stackalloc byte[RowKernels.WarpCount];
        for (var y = 0; y < rows; y++)
        {
            var (row, part) = ((step * y) >> 4, (step * y) & 15);
            for (var column = 0; column < columns; column++)
            {
                var (a, b) = (nodes[(row * columns) + column], nodes[((row + 1) * columns) + column]);
                line[column] = isChroma ? WarpSampler.OnChromaLine(a, b, (2 * part) + 1) : WarpSampler.OnLumaLine(a, b, part);
            }

            for (var x = 0; x < width; x += RowKernels.WarpCount)
            {
                var (a, b) = (line[(x >> 4) * step], line[((x >> 4) * step) + step]);
                RowKernels.Warp(source.At(0), source.Stride, sourceWidth, sourceHeight, a.U, a.V, (b.U - a.U) >> 4, (b.V - a.V) >> 4, pixels, Lanes.Scalar);
                new ReadOnlySpan<byte>(pixels, Math.Min(RowKernels.WarpCount, width - x)).CopyTo(target.Row(y)[x..]);
            }
        }

        rig.Kernels.Warp(rig.Stream, source.Device, sourceWidth, sourceHeight, rig.Table<(int, int)>(nodes), columns, isChroma, target.Device, width, rows);
        return target.Difference();
    }

    /// <summary>Offsets from nothing to far beyond the source, on targets inside of it and beside it.</summary>
    public static string? Displace(Rig rig, Random random, int width, int rows)
    {
        var (sourceWidth, sourceHeight, left, top) = (random.Next(2, 90), random.Next(2, 60), random.Next(-4, 40), random.Next(-4, 40));
        var (source, target) = (rig.Noise(random, sourceWidth, sourceHeight), rig.Noise(random, width, rows));
        var mask = rig.Numbers(random, width, rows, RowKernels.DisplaceMaskOne);
        var reach = random.Next(3) == 0 ? 30_000 : 500;
        var (alongX, alongY) = (Offsets(width), Offsets(width));
        var shifts = Enumerable.Range(0, rows).Select(_ => (X: random.Next(-reach, reach), Y: random.Next(-reach, reach))).ToArray();

        // The oracle reads one byte past a row, with a weight of nothing.
        var padded = new byte[(sourceWidth + 1) * sourceHeight];
        for (var y = 0; y < sourceHeight; y++)
        {
            source.Row(y).CopyTo(padded.AsSpan(y * (sourceWidth + 1)));
        }

        var (dx, dy) = (new int[width], new int[width]);
        fixed (byte* plane = padded)
        fixed (int* acrossX = alongX, acrossY = alongY, offsetX = dx, offsetY = dy)
        {
            for (var y = 0; y < rows; y++)
            {
                RowKernels.Offsets(mask.At(y), acrossX, shifts[y].X, offsetX, width, Lanes.Scalar);
                RowKernels.Offsets(mask.At(y), acrossY, shifts[y].Y, offsetY, width, Lanes.Scalar);
                RowKernels.Displace(plane, sourceWidth + 1, sourceWidth, sourceHeight, left, top + y, offsetX, offsetY, target.At(y), width, Lanes.Scalar);
            }
        }

        rig.Kernels.Displace(
            rig.Stream, source.Device, sourceWidth, sourceHeight, mask.Device, rig.Table<int>(alongX), rig.Table<int>(alongY), rig.Table<(int, int)>(shifts), target.Device,
            width, rows, left, top);
        return target.Difference();

        int[] Offsets(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-reach, reach))];
    }
}
