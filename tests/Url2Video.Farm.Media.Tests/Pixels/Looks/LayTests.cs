using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class LayTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Lay_AnyWidth_EqualsTheScalar(string lanes)
    {
        foreach (var width in KernelRows.Widths)
        {
            foreach (var alpha in (int[])[0, 1, 9_999, 16_384, 32_766, 32_767])
            {
                using var expected = new KernelRows(width, 3, width);
                using var actual = new KernelRows(width, 3, width);
                RowKernels.Lay(expected.At(0), expected.At(1), expected.At(2), width, alpha, Lanes.Scalar);
                RowKernels.Lay(actual.At(0), actual.At(1), actual.At(2), width, alpha, Vectors.Parse(lanes));
                Assert.Equal(expected.Row(0), actual.Row(0));
            }
        }
    }

    /// <summary>Every byte below, every byte of the layer, opaque, half and clear.</summary>
    [Fact]
    public void Lay_EveryPairOfBytes_IsTheFormula()
    {
        using var rows = new Plane8(256, 3);
        foreach (var mask in (byte[])[0, 1, 127, 128, 254, 255])
        {
            for (var below = 0; below < 256; below++)
            {
                rows.Row(0).Fill((byte)below);
                rows.Row(2).Fill(mask);
                for (var x = 0; x < 256; x++)
                {
                    rows.Row(1)[x] = (byte)x;
                }

                RowKernels.Lay(rows.Pixels, rows.Pixels + rows.Stride, rows.Pixels + (2 * rows.Stride), 256, FixedPoint.One15, LanesOfCpu.Best);
                for (var x = 0; x < 256; x++)
                {
                    Assert.InRange(rows.Row(0)[x] - (below + ((x - below) * mask / 255.0)), -0.51, 0.51);
                }
            }
        }
    }

    [Fact]
    public void Lay_Mutants_AreCaught()
    {
        using var rows = new KernelRows(1_000, 4, 5);
        var (below, layer, mask) = (rows.Row(0), rows.Row(1), rows.Row(2));
        const int Alpha = 21_000;
        RowKernels.Lay(rows.At(0), rows.At(1), rows.At(2), 1_000, Alpha, LanesOfCpu.Best);
        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["alpha left out"] = i => Mixed(i, FixedPoint.W15(mask[i])),
                ["the mask left out"] = i => Mixed(i, Alpha),
                ["a mask times 128"] = i => Mixed(i, FixedPoint.MulHrs(mask[i] << 7, Alpha)),
                ["a multiplied layer"] = i => FixedPoint.ToByte(
                    below[i] - FixedPoint.MulHrs(below[i], FixedPoint.MulHrs(FixedPoint.W15(mask[i]), Alpha)) + FixedPoint.MulHrs(layer[i], Alpha)),
                ["no rounding"] = i => FixedPoint.ToByte(below[i] + (((layer[i] - below[i]) * FixedPoint.MulHrs(FixedPoint.W15(mask[i]), Alpha)) >> 15)),
            },
            rows.Row(0));

        byte Mixed(int i, int weight) => FixedPoint.ToByte(below[i] + FixedPoint.MulHrs(layer[i] - below[i], weight));
    }
}
