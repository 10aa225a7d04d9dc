using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class FieldMixTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void MixByField_AnyEdgeAndSoftness_EqualsTheScalar(string lanes)
    {
        var random = new Random(3);
        foreach (var width in KernelRows.Widths)
        {
            using var rows = new KernelRows(width, 4, width);
            using var field = AnyField(width);
            foreach (var softBits in (int[])[1, 8, 11, 14])
            {
                foreach (var edge in (int[])[0, 1, Field16.Max, Field16.Max + (1 << softBits), random.Next(Field16.Max)])
                {
                    RowKernels.MixByField(rows.At(0), rows.At(1), field.Row(0), rows.At(2), width, edge, softBits, Lanes.Scalar);
                    RowKernels.MixByField(rows.At(0), rows.At(1), field.Row(0), rows.At(3), width, edge, softBits, Vectors.Parse(lanes));
                    Assert.Equal(rows.Row(2), rows.Row(3));
                }
            }
        }
    }

    [Fact]
    public void MixByField_AtTheEnds_GivesTheInputs()
    {
        using var rows = new KernelRows(300, 3, 1);
        using var field = AnyField(300);
        foreach (var lanes in Enum.GetValues<Lanes>())
        {
            RowKernels.MixByField(rows.At(0), rows.At(1), field.Row(0), rows.At(2), 300, 0, 11, lanes);
            Assert.Equal(rows.Row(0), rows.Row(2));
            RowKernels.MixByField(rows.At(0), rows.At(1), field.Row(0), rows.At(2), 300, Field16.Max + (1 << 11), 11, lanes);
            Assert.Equal(rows.Row(1), rows.Row(2));
        }
    }

    [Fact]
    public void MixByField_Mutants_AreCaught()
    {
        const int Edge = 9_000, SoftBits = 12;
        using var rows = new KernelRows(1_000, 3, 6);
        using var field = AnyField(1_000);
        RowKernels.MixByField(rows.At(0), rows.At(1), field.Row(0), rows.At(2), 1_000, Edge, SoftBits, LanesOfCpu.Best);
        var (a, b, times) = (rows.Row(0), rows.Row(1), field.Numbers(0).ToArray());

        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["an edge of half the softness"] = i => Mixed(i, Math.Clamp(Edge - times[i], 0, 2_048) << 4),
                ["an edge one time late"] = i => Mixed(i, Math.Min(Math.Clamp(Edge - 1 - times[i], 0, 4_096) << 3, 32_767)),
                ["pictures changed over"] = i => Mixed(i, 32_767 - Math.Min(Math.Clamp(Edge - times[i], 0, 4_096) << 3, 32_767)),
                ["a product cut off"] = i => (byte)(a[i] + (((b[i] - a[i]) * Math.Min(Math.Clamp(Edge - times[i], 0, 4_096) << 3, 32_767)) >> 15)),
            },
            rows.Row(2));

        byte Mixed(int i, int weight) => FixedPoint.ToByte(a[i] + FixedPoint.MulHrs(b[i] - a[i], Math.Min(weight, 32_767)));
    }

    private static Field16 AnyField(int width)
    {
        var random = new Random(width);
        var field = new Field16(width, 1);
        foreach (ref var number in field.Numbers(0))
        {
            number = (short)(random.Next(4) switch { 0 => 0, 1 => Field16.Max, _ => random.Next(Field16.Max + 1) });
        }

        return field;
    }
}
