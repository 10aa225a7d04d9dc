using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class LutTests
{
    private const int Side = 33;

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Lut_AnyTableAndWidth_EqualsTheScalar(string lanes)
    {
        var table = AnyTable(11);
        fixed (short* nodes = table)
        {
            foreach (var width in KernelRows.Widths)
            {
                using var rows = new KernelRows(width, 5, width);
                RowKernels.Lut(rows.At(0), rows.At(1), rows.At(2), nodes, rows.At(3), width, 16, 235, Lanes.Scalar);
                RowKernels.Lut(rows.At(0), rows.At(1), rows.At(2), nodes, rows.At(4), width, 16, 235, Vectors.Parse(lanes));
                Assert.Equal(rows.Row(3), rows.Row(4));
            }
        }
    }

    /// <summary>Written from the definition: sort the fractions, walk from the near corner along the longest first.</summary>
    [Fact]
    public void Lut_AnyTable_IsTetrahedral()
    {
        var table = AnyTable(12);
        using var rows = new KernelRows(1_000, 4, 2);
        fixed (short* nodes = table)
        {
            RowKernels.Lut(rows.At(0), rows.At(1), rows.At(2), nodes, rows.At(3), 1_000, 0, 255, Lanes.Scalar);
        }

        var (y, u, v, actual) = (rows.Row(0), rows.Row(1), rows.Row(2), rows.Row(3));
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal((byte)Math.Clamp((Walk(table, y[i], u[i], v[i]) + 256) >> 9, 0, 255), actual[i]);
        }
    }

    [Fact]
    public void Lut_OfTheIdentity_ChangesNothing()
    {
        using var map = new LutMap(rgb => rgb);
        using var rows = new KernelRows(256, 4, 5);
        foreach (var lanes in Enum.GetValues<Lanes>())
        {
            map.Luma(rows.At(0), rows.At(1), rows.At(2), rows.At(3), 256, lanes);
            Assert.Equal(rows.Row(0).Select(p => (byte)Math.Clamp((int)p, 16, 235)), rows.Row(3));
            map.ChromaU(rows.At(0), rows.At(1), rows.At(2), rows.At(3), 256, lanes);
            Assert.Equal(rows.Row(1).Select(p => (byte)Math.Clamp((int)p, 16, 240)), rows.Row(3));
            map.ChromaV(rows.At(0), rows.At(1), rows.At(2), rows.At(3), 256, lanes);
            Assert.Equal(rows.Row(2).Select(p => (byte)Math.Clamp((int)p, 16, 240)), rows.Row(3));
        }
    }

    [Fact]
    public void Lut_Mutants_AreCaught()
    {
        var table = AnyTable(13);
        using var rows = new KernelRows(1_000, 4, 8);
        fixed (short* nodes = table)
        {
            RowKernels.Lut(rows.At(0), rows.At(1), rows.At(2), nodes, rows.At(3), 1_000, 16, 235, LanesOfCpu.Best);
        }

        var (y, u, v) = (rows.Row(0), rows.Row(1), rows.Row(2));
        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["the shortest fraction first"] = i => Clamp((Walk(table, y[i], u[i], v[i], isLongestFirst: false) + 256) >> 9),
                ["no rounding"] = i => Clamp(Walk(table, y[i], u[i], v[i]) >> 9),
                ["u and v changed over"] = i => Clamp((Walk(table, y[i], v[i], u[i]) + 256) >> 9),
                ["the near node alone"] = i => Clamp((table[((((u[i] >> 3) * Side) + (v[i] >> 3)) * Side) + (y[i] >> 3)] + 32) >> 6),
            },
            rows.Row(3));

        static byte Clamp(int value) => (byte)Math.Clamp(value, 16, 235);
    }

    private static int Walk(short[] table, int y, int u, int v, bool isLongestFirst = true)
    {
        var axes = new[] { (Fraction: u & 7, Step: Side * Side), (Fraction: v & 7, Step: Side), (Fraction: y & 7, Step: 1) };
        var order = isLongestFirst ? axes.OrderByDescending(a => a.Fraction) : axes.OrderBy(a => a.Fraction);
        var at = ((((u >> 3) * Side) + (v >> 3)) * Side) + (y >> 3);
        var (sum, before) = (0, 8);
        foreach (var (fraction, step) in order)
        {
            sum += table[at] * (before - fraction);
            (at, before) = (at + step, fraction);
        }

        return sum + (table[at] * before);
    }

    private static short[] AnyTable(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Side * Side * Side).Select(_ => (short)random.Next(-2_000, 19_000))];
    }
}
