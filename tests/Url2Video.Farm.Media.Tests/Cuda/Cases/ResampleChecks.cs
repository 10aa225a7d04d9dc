using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class ResampleChecks
{
    public static string? MixRows(Rig rig, Random random, int width, int rows)
    {
        using var axis = Axis(random, rows, out var sourceRows);
        var (source, target, isMask) = (rig.Noise(random, width, sourceRows), rig.Noise(random, width, rows), random.Next(2) == 0);
        var nothing = new byte[width];
        fixed (byte* zeros = nothing)
        {
            for (var y = 0; y < rows; y++)
            {
                var tap = axis.TapOf(y);
                var outside = zeros;
                RowKernels.MixRows(RowAt(tap), RowAt(tap + 1), RowAt(tap + 2), RowAt(tap + 3), axis.WeightsOf(y), target.At(y), width, Lanes.Scalar);

                byte* RowAt(int index) => isMask && (uint)index >= (uint)sourceRows ? outside : source.At(Math.Clamp(index, 0, sourceRows - 1));
            }
        }

        var (taps, weights) = Tables(rig, axis);
        rig.Kernels.MixRows(rig.Stream, source.Device, sourceRows, taps, weights, target.Device, width, rows, isMask);
        return target.Difference();
    }

    public static string? Gather(Rig rig, Random random, int width, int rows)
    {
        using var axis = Axis(random, width, out var columns);
        var (source, target, isMask) = (rig.Noise(random, columns, rows), rig.Noise(random, width, rows), random.Next(2) == 0);
        for (var y = 0; y < rows; y++)
        {
            // As FrameSampler and MaskSampler put the edge, or nothing, on both sides of a row.
            var padded = new byte[axis.EndTap - axis.FirstTap];
            for (var i = 0; i < padded.Length; i++)
            {
                var x = axis.FirstTap + i;
                padded[i] = isMask && (uint)x >= (uint)columns ? (byte)0 : source.Row(y)[Math.Clamp(x, 0, columns - 1)];
            }

            fixed (byte* row = padded)
            {
                RowKernels.Gather(row, axis, target.At(y), Lanes.Scalar);
            }
        }

        var (taps, weights) = Tables(rig, axis);
        rig.Kernels.Gather(rig.Stream, source.Device, columns, taps, weights, target.Device, width, rows, isMask);
        return target.Difference();
    }

    /// <summary>Enlarged eight times to shrunk one and a half times, and the pixels themselves, entered inside of the source or beside it.</summary>
    private static ResampleAxis Axis(Random random, int outputs, out int inputs)
    {
        var step = random.Next(4) == 0 ? 1L << 32 : random.NextInt64(1L << 29, ResampleAxis.StepMaxQ32 + 1);
        var origin = random.Next(4) == 0 ? (long)random.Next(-3, 3) << 32 : random.NextInt64(-3L << 32, 3L << 32);
        inputs = Math.Max(1, (int)((outputs * step) >> 32) + random.Next(-3, 4));
        var axis = new ResampleAxis(outputs);
        axis.Prepare(origin, step, outputs);
        return axis;
    }

    public static (DevicePlane Taps, DevicePlane Weights) Tables(Rig rig, ResampleAxis axis)
    {
        var padded = (axis.Count + 3) / 4 * 4;
        var (taps, weights) = (new int[padded], new short[4 * padded]);
        for (var i = 0; i < padded; i++)
        {
            taps[i] = axis.TapOf(i);
            axis.WeightsOf(i).CopyTo(weights.AsSpan(4 * i));
        }

        return (rig.Table<int>(taps), rig.Table<short>(weights));
    }
}
