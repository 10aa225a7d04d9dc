using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

/// <summary>Light on two rows in one pass, and the heights it comes from: every execution, and against the kernels whose work it joins.</summary>
public sealed unsafe class LightPairTests
{
    private const int Stride = 160;

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void LightPair_AnyWidth_EqualsTheScalar(string lanes)
    {
        foreach (var width in KernelRows.Widths.Where(w => w % 2 == 0))
        {
            for (var seed = 0; seed < 20; seed++)
            {
                Assert.Equal(Lit(width, seed, Lanes.Scalar), Lit(width, seed, Vectors.Parse(lanes)));
            }
        }
    }

    /// <summary>One pass is what reading, lighting each channel and writing make in turn.</summary>
    [Theory]
    [InlineData("Scalar")]
    [InlineData("V128")]
    public void LightPair_AnyExecution_IsTheKernelsInTurn(string lanes)
    {
        foreach (var width in (int[])[2, 30, 64, 1_000])
        {
            Assert.Equal(InTurn(width, width), Lit(width, width, Vectors.Parse(lanes)));
        }
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void CellsAndSmooth_AnyCount_EqualTheScalar(string lanes)
    {
        foreach (var count in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 31, 125])
        {
            Assert.Equal(Sums(count, Lanes.Scalar), Sums(count, Vectors.Parse(lanes)));
        }
    }

    [Fact]
    public void LightPair_Mutants_AreCaught()
    {
        const int Width = 1_000;
        var (lit, nodes) = (Lit(Width, 3, LanesOfCpu.Best), Nodes(3));
        using var rows = new KernelRows(Width, 4, 3);
        var (y, u, v) = (rows.Row(0), rows.Row(2), rows.Row(3));
        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["no light"] = i => y[i],
                ["the gain of the node alone"] = i => Mutant(i, nodes[i >> 3], nodes[Stride + (i >> 3)], nodes[(2 * Stride) + (i >> 3)]),
                ["green lit like red"] = i => Mutant(i, Gain(i, 0), Gain(i, 0), Gain(i, 2)),
                ["the lower row's gains"] = i => Mutant(i, Gain(i, 3), Gain(i, 4), Gain(i, 5)),
                ["the neighbour's colour"] = i => Mutant(i, Gain(i, 0), Gain(i, 1), Gain(i, 2), 2),
            },
            lit[..Width]);
        Assert.Equal(lit[..Width], Enumerable.Range(0, Width).Select(i => Mutant(i, Gain(i, 0), Gain(i, 1), Gain(i, 2))));

        short Gain(int i, int line) =>
            (short)(nodes[(line * Stride) + (i >> 3)] + FixedPoint.MulHrs(nodes[(line * Stride) + (i >> 3) + 1] - nodes[(line * Stride) + (i >> 3)], (i & 7) << 12));

        // Written out once more: as in the scalar, but for what the mutant changes.
        byte Mutant(int i, int r, int g, int b, int chroma = 0)
        {
            var at = ((i + chroma) >> 1) % (Width / 2);
            return Affine(Light(RgbRows.ToR, r), Light(RgbRows.ToG, g), Light(RgbRows.ToB, b), RgbRows.OfY);

            byte Light(AffineRow row, int gain) => FixedPoint.ToByte((FixedPoint.MulHrs(Affine(y[i], u[at], v[at], row) << 7, gain) + 8) >> 4);
        }
    }

    private static byte Affine(byte a, byte b, byte c, AffineRow row)
    {
        byte result;
        RowKernels.Affine(&a, &b, &c, row, &result, 1, Lanes.Scalar);
        return result;
    }

    private static short[] Nodes(int seed)
    {
        var random = new Random(seed);
        short[] edges = [0, 1, 4_095, 4_096, 4_097, 16_382, 16_383];
        return [.. Enumerable.Range(0, (6 * Stride) + 16).Select(_ => random.Next(3) == 0 ? edges[random.Next(edges.Length)] : (short)random.Next(9_000))];
    }

    /// <summary>Two rows of luma, one of each colour, after each other.</summary>
    private static byte[] Lit(int width, int seed, Lanes lanes)
    {
        using var rows = new KernelRows(width, 4, seed);
        fixed (short* nodes = Nodes(seed))
        {
            RowKernels.LightPair(new RowPair(rows.At(0), rows.At(1), rows.At(2), rows.At(3)), nodes, Stride, width, lanes);
        }

        return [.. rows.Row(0), .. rows.Row(1), .. rows.Row(2)[..(width / 2)], .. rows.Row(3)[..(width / 2)]];
    }

    private static byte[] InTurn(int width, int seed)
    {
        using var rows = new KernelRows(width, 4, seed);
        using var image = new YuvImage(width, 2);
        rows.Row(0).CopyTo(image.RowY(0));
        rows.Row(1).CopyTo(image.RowY(1));
        rows.Row(2)[..(width / 2)].CopyTo(image.RowU(0));
        rows.Row(3)[..(width / 2)].CopyTo(image.RowV(0));
        using var rgb = new RgbRows(width, Lanes.Scalar);
        rgb.Read(image, 0);
        fixed (short* nodes = Nodes(seed), gains = new short[width + 64])
        {
            for (var channel = 0; channel < 6; channel++)
            {
                RowKernels.Between(nodes + (channel * Stride), gains, width, Lanes.Scalar);
                RowKernels.Gain(rgb.Channel(channel), gains, width, Lanes.Scalar);
            }
        }

        rgb.Write(image, 0);
        return [.. image.RowY(0), .. image.RowY(1), .. image.RowU(0), .. image.RowV(0)];
    }

    private static int[] Sums(int count, Lanes lanes)
    {
        using var row = new KernelRows(8 * count, 1, count);
        var (sums, soft) = (Enumerable.Range(0, count + 2).ToArray(), new int[count]);
        fixed (int* s = sums, t = soft)
        {
            RowKernels.AddCells(row.At(0), s + 1, count, lanes);
            RowKernels.Smooth(s, s + 1, s + 2, t, count, lanes);
        }

        return [.. sums, .. soft];
    }
}
