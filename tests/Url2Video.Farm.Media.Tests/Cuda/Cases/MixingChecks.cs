using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static unsafe class MixingChecks
{
    public static string? CrossFade(Rig rig, Random random, int width, int rows)
    {
        var (a, b, weight) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), Rig.Weight(random));
        var target = random.Next(3) == 0 ? a : rig.Noise(random, width, rows);
        for (var y = 0; y < rows; y++)
        {
            RowKernels.CrossFade(a.At(y), b.At(y), target.At(y), width, weight, Lanes.Scalar);
        }

        rig.Kernels.CrossFade(rig.Stream, a.Device, b.Device, target.Device, width, rows, weight);
        return target.Difference();
    }

    public static string? MixByField(Rig rig, Random random, int width, int rows)
    {
        var (a, b, target) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), rig.Noise(random, width, rows));
        var (field, softBits) = (rig.Numbers(random, width, rows, Field16.Max), random.Next(1, 15));
        var last = Field16.Max + (1 << softBits);
        var edge = random.Next(4) switch { 0 => 0, 1 => last, _ => random.Next(last + 1) };
        for (var y = 0; y < rows; y++)
        {
            RowKernels.MixByField(a.At(y), b.At(y), field.At(y), target.At(y), width, edge, softBits, Lanes.Scalar);
        }

        rig.Kernels.MixByField(rig.Stream, a.Device, b.Device, field.Device, target.Device, width, rows, edge, softBits);
        return target.Difference();
    }

    /// <summary>All modes on the same rows.</summary>
    public static string? Blend(Rig rig, Random random, int width, int rows)
    {
        foreach (var mode in Enum.GetValues<BlendMode>())
        {
            var (below, layer, alpha) = (rig.Noise(random, width, rows), rig.Noise(random, width, rows), Rig.Weight(random));
            var target = random.Next(3) == 0 ? below : rig.Noise(random, width, rows);
            for (var y = 0; y < rows; y++)
            {
                RowKernels.Blend(mode, below.At(y), layer.At(y), target.At(y), width, alpha, Lanes.Scalar);
            }

            rig.Kernels.Blend(rig.Stream, below.Device, layer.Device, target.Device, width, rows, mode, alpha);
            if (target.Difference() is { } difference)
            {
                return $"{mode}: {difference}";
            }
        }

        return null;
    }
}
