using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class AffineTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Affine_AnyWidthAndMatrix_EqualsTheScalar(string lanes)
    {
        var random = new Random(5);
        foreach (var width in KernelRows.Widths)
        {
            using var rows = new KernelRows(width, 5, width);
            for (var round = 0; round < 12; round++)
            {
                var row = AnyRow(random, round);
                RowKernels.Affine(rows.At(0), rows.At(1), rows.At(2), row, rows.At(3), width, Lanes.Scalar);
                RowKernels.Affine(rows.At(0), rows.At(1), rows.At(2), row, rows.At(4), width, Vectors.Parse(lanes));
                Assert.Equal(rows.Row(3), rows.Row(4));
            }
        }
    }

    [Fact]
    public void Affine_Identity_ChangesNothing()
    {
        using var rows = new KernelRows(256, 4, 1);
        foreach (var lanes in Enum.GetValues<Lanes>())
        {
            RowKernels.Affine(rows.At(0), rows.At(1), rows.At(2), AffineRow.From(1, 0, 0, 128, 0, 255), rows.At(3), 256, lanes);
            Assert.Equal(rows.Row(0), rows.Row(3));
        }
    }

    /// <summary>Within one code of the same sum in real numbers: three roundings of a 64th each, and the last.</summary>
    [Fact]
    public void Affine_AnyMatrix_IsTheRealSumRounded()
    {
        using var rows = new KernelRows(1_000, 4, 3);
        var row = AffineRow.From(0.75, -0.3, 1.6, 120, 0, 255);
        RowKernels.Affine(rows.At(0), rows.At(1), rows.At(2), row, rows.At(3), rows.Plane.Width, LanesOfCpu.Best);

        var (a, b, c, actual) = (rows.Row(0), rows.Row(1), rows.Row(2), rows.Row(3));
        for (var i = 0; i < actual.Length; i++)
        {
            var exact = Math.Clamp((0.75 * (a[i] - 128)) - (0.3 * (b[i] - 128)) + (1.6 * (c[i] - 128)) + 120, 0, 255);
            Assert.InRange(actual[i] - exact, -0.6, 0.6);
        }
    }

    [Fact]
    public void Affine_Mutants_AreCaught()
    {
        using var rows = new KernelRows(16_000, 4, 7);
        var row = AffineRow.From(1.3, -0.6, 0.9, 126, 16, 235);
        RowKernels.Affine(rows.At(0), rows.At(1), rows.At(2), row, rows.At(3), rows.Plane.Width, LanesOfCpu.Best);
        var (a, b, c) = (rows.Row(0), rows.Row(1), rows.Row(2));

        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["a product cut off instead of rounded"] = i => Of(i, bias: row.Bias, round: 0),
                ["no rounding at the end"] = i => Of(i, row.Bias - 16, 0x4000),
                ["a bias one too high"] = i => Of(i, row.Bias + 1, 0x4000),
                ["the inputs b and c changed over"] = i => Clamp((T(a[i], row.A, 0x4000) + T(c[i], row.B, 0x4000) + T(b[i], row.C, 0x4000) + row.Bias) >> 5),
                ["the lower bound forgotten"] = i => (byte)Math.Clamp(Sum(i, row.Bias, 0x4000) >> 5, 0, 235),
                ["the upper bound forgotten"] = i => (byte)Math.Clamp(Sum(i, row.Bias, 0x4000) >> 5, 16, 255),
            },
            rows.Row(3));

        byte Of(int i, int bias, int round) => Clamp(Sum(i, bias, round) >> 5);
        int Sum(int i, int bias, int round) => T(a[i], row.A, round) + T(b[i], row.B, round) + T(c[i], row.C, round) + bias;
        static int T(byte value, short coefficient, int round) => ((((value - 128) << 7) * coefficient) + round) >> 15;
        static byte Clamp(int value) => (byte)Math.Clamp(value, 16, 235);
    }

    // Every third is of the first input only, and some are so strong that sums leave 16 bits.
    private static AffineRow AnyRow(Random random, int round)
    {
        var scale = round % 4 == 3 ? 3.99 : 1.5;
        var isOfOne = round % 3 == 0;
        return AffineRow.From(Any(), isOfOne ? 0 : Any(), isOfOne ? 0 : Any(), random.Next(-300, 600), (byte)random.Next(40), (byte)random.Next(200, 256));

        double Any() => ((random.NextDouble() * 2) - 1) * scale;
    }
}
