using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>Whole-picture operations made of row kernels.</summary>
public static unsafe class ImageBlend
{
    /// <summary>Writes a mix of two pictures of one size.</summary>
    /// <param name="weight">0 gives <paramref name="from"/>, 32767 gives <paramref name="to"/>.</param>
    /// <param name="target">May be one of the two inputs.</param>
    public static void CrossFade(YuvImage from, YuvImage to, int weight, YuvImage target) =>
        CrossFade(from, to, weight, target, LanesOfCpu.Best);

    /// <summary>Copies a picture to another of the same size.</summary>
    public static void Copy(YuvImage source, YuvImage target)
    {
        RequireSameSize(source, target);
        for (var y = 0; y < source.Height; y++)
        {
            source.RowY(y).CopyTo(target.RowY(y));
        }

        for (var y = 0; y < source.Height / 2; y++)
        {
            source.RowU(y).CopyTo(target.RowU(y));
            source.RowV(y).CopyTo(target.RowV(y));
        }
    }

    internal static void CrossFade(YuvImage from, YuvImage to, int weight, YuvImage target, Lanes lanes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, One15);
        RequireSameSize(from, to);
        RequireSameSize(from, target);

        for (nint y = 0; y < from.Height; y++)
        {
            RowKernels.CrossFade(from.Y + (y * from.StrideY), to.Y + (y * to.StrideY), target.Y + (y * target.StrideY), from.Width,
                weight, lanes);
        }

        for (nint y = 0; y < from.Height / 2; y++)
        {
            RowKernels.CrossFade(from.U + (y * from.StrideC), to.U + (y * to.StrideC), target.U + (y * target.StrideC), from.Width / 2,
                weight, lanes);
            RowKernels.CrossFade(from.V + (y * from.StrideC), to.V + (y * to.StrideC), target.V + (y * target.StrideC), from.Width / 2,
                weight, lanes);
        }
    }

    private static void RequireSameSize(YuvImage a, YuvImage b)
    {
        if (a.Width != b.Width || a.Height != b.Height)
        {
            throw new ArgumentException($"Pictures of {a.Width}x{a.Height} and {b.Width}x{b.Height} cannot be combined.");
        }
    }
}
