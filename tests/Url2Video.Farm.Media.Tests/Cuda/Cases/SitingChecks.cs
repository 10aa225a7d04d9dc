using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class SitingChecks
{
    public static string? Double(Rig rig, Random random, int width, int rows)
    {
        var (chroma, target) = (rig.Noise(random, (width + 1) / 2, rows), rig.Noise(random, width, rows));
        for (var y = 0; y < rows; y++)
        {
            RowKernels.Double(chroma.At(y), target.At(y), width, Lanes.Scalar);
        }

        rig.Kernels.Double(rig.Stream, chroma.Device, target.Device, width, rows);
        return target.Difference();
    }

    public static string? LumaAtChroma(Rig rig, Random random, int width, int rows)
    {
        var (upper, lower, target) = (rig.Noise(random, 2 * width, rows), rig.Noise(random, 2 * width, rows), rig.Noise(random, width, rows));
        for (var y = 0; y < rows; y++)
        {
            RowKernels.LumaAtChroma(upper.At(y), lower.At(y), target.At(y), width, Lanes.Scalar);
        }

        rig.Kernels.LumaAtChroma(rig.Stream, upper.Device, lower.Device, target.Device, width, rows);
        return target.Difference();
    }
}
