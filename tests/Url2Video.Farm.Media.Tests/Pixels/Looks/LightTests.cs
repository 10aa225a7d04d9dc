using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class LightTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void GainAndBetween_AnyWidth_EqualTheScalar(string lanes)
    {
        foreach (var width in KernelRows.Widths)
        {
            var nodes = Nodes((width >> 3) + 2, width);
            var (expected, actual) = (Gains(nodes, width, Lanes.Scalar), Gains(nodes, width, Vectors.Parse(lanes)));
            Assert.Equal(expected[..width], actual[..width]);
            Assert.Equal(Lit(expected, width, Lanes.Scalar), Lit(expected, width, Vectors.Parse(lanes)));
        }
    }

    /// <summary>Every byte under gains at the ends and about one: the product, rounded to within a code.</summary>
    [Fact]
    public void Gain_EveryByte_IsTheProduct()
    {
        foreach (var gain in (short[])[0, 1, 2_048, 4_095, 4_096, 4_097, 8_192, 16_383, 32_767])
        {
            using var rows = new Plane8(256, 1);
            for (var x = 0; x < 256; x++)
            {
                rows.Row(0)[x] = (byte)x;
            }

            var gains = Enumerable.Repeat(gain, 300).ToArray();
            fixed (short* g = gains)
            {
                RowKernels.Gain(rows.Pixels, g, 256, LanesOfCpu.Best);
            }

            for (var x = 0; x < 256; x++)
            {
                Assert.InRange(rows.Row(0)[x] - Math.Min(255, x * gain / 4096.0), -0.6, 0.6);
            }
        }
    }

    [Fact]
    public void Kernels_Mutants_AreCaught()
    {
        const int Width = 1_000;
        var nodes = Nodes(127, 3);
        var gains = Gains(nodes, Width, LanesOfCpu.Best);
        var lit = Lit(gains, Width, LanesOfCpu.Best);
        using var rows = new KernelRows(Width, 1, Width);
        var row = rows.Row(0);
        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["no rounding"] = i => FixedPoint.ToByte(FixedPoint.MulHrs(row[i] << 7, gains[i]) >> 4),
                ["a gain of eleven bits"] = i => FixedPoint.ToByte((FixedPoint.MulHrs(row[i] << 7, gains[i]) + 4) >> 3),
                ["the gain of the neighbour"] = i => FixedPoint.ToByte((FixedPoint.MulHrs(row[i] << 7, gains[i + 1]) + 8) >> 4),
                ["wrapped, not clamped"] = i => (byte)((FixedPoint.MulHrs(row[i] << 7, gains[i]) + 8) >> 4),
            },
            lit);
        Assert.Contains(Enumerable.Range(0, Width), i => gains[i] != nodes[i >> 3]);
        Assert.Contains(Enumerable.Range(0, Width), i => gains[i] != (short)(nodes[i >> 3] + ((nodes[(i >> 3) + 1] - nodes[i >> 3]) * (i & 7) / 8)));
        Assert.Contains(Enumerable.Range(0, Width), i => gains[i] != (short)(nodes[i >> 3] + FixedPoint.MulHrs(nodes[(i >> 3) + 1] - nodes[i >> 3], ((i & 7) + 1) << 12)));
    }

    private static short[] Nodes(int count, int seed)
    {
        var random = new Random(seed);
        short[] edges = [0, 1, 4_095, 4_096, 4_097, 16_382, 16_383];
        return [.. Enumerable.Range(0, count + 8).Select(_ => random.Next(2) == 0 ? edges[random.Next(edges.Length)] : (short)random.Next(16_384))];
    }

    private static short[] Gains(short[] nodes, int width, Lanes lanes)
    {
        var gains = new short[width + 64];
        fixed (short* n = nodes, g = gains)
        {
            RowKernels.Between(n, g, width, lanes);
        }

        return gains;
    }

    private static byte[] Lit(short[] gains, int width, Lanes lanes)
    {
        using var rows = new KernelRows(width, 1, width);
        fixed (short* g = gains)
        {
            RowKernels.Gain(rows.At(0), g, width, lanes);
        }

        return rows.Row(0);
    }
}
