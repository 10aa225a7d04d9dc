using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class FinishTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Finish_AnyStrengthAndGrain_EqualsTheScalar(string lanes)
    {
        foreach (var width in KernelRows.Widths)
        {
            foreach (var (down, zero, strength, amount) in ((int, int, int, int)[])
                [(0, 16, 0, 0), (9_000, 16, 9_830, 3_277), (32_767, 128, 32_767, 0), (20_000, 16, 32_767, 32_767), (1, 128, 1, 1)])
            {
                using var expected = new KernelRows(width, 2, width);
                using var actual = new KernelRows(width, 2, width);
                using var across = Across(width);
                Run(expected, across, down, zero, strength, amount, Lanes.Scalar);
                Run(actual, across, down, zero, strength, amount, Vectors.Parse(lanes));
                Assert.Equal(expected.Row(0), actual.Row(0));
            }
        }
    }

    [Fact]
    public void Finish_WithoutVignetteAndGrain_ChangesNothing()
    {
        foreach (var lanes in Enum.GetValues<Lanes>())
        {
            using var rows = new KernelRows(256, 2, 9);
            using var across = Across(256);
            var before = rows.Row(0);
            Run(rows, across, 5_000, 16, 0, 0, lanes);
            Assert.Equal(before.Select(p => (byte)Math.Clamp((int)p, 16, 235)), rows.Row(0));
        }
    }

    [Fact]
    public void Finish_Mutants_AreCaught()
    {
        const int Down = 12_000, Strength = 21_000, Amount = 9_000;
        using var rows = new KernelRows(1_000, 2, 4);
        using var across = Across(1_000);
        var (before, noise) = (rows.Row(0), rows.Row(1).Select(n => (sbyte)n).ToArray());
        var far = across.Numbers(0).ToArray();
        Run(rows, across, Down, 16, Strength, Amount, LanesOfCpu.Best);

        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["a distance that is not squared"] = i => Of(i, r => r, 1, 16),
                ["a dither without its half step"] = i => Of(i, Squared, 0, 16),
                ["black that is darkened too"] = i => Of(i, Squared, 1, 0),
                ["no grain"] = i => Of(i, Squared, 1, 16, amount: 0),
                ["no dither"] = i => Of(i, Squared, 64 - (2 * Dither.Row(3)[i & 7]), 16),
            },
            rows.Row(0));

        byte Of(int i, Func<int, int> shape, int half, int zero, int amount = Amount)
        {
            var r = shape(Math.Min(far[i] + Down, 32_767));
            var value = FixedPoint.MulHrs((before[i] - zero) << 7, 32_767 - FixedPoint.MulHrs(Strength, r)) + FixedPoint.MulHrs(noise[i] << 7, amount);
            return (byte)Math.Clamp(((value + (2 * Dither.Row(3)[i & 7]) + half) >> 7) + zero, 16, 235);
        }

        static int Squared(int r) => FixedPoint.MulHrs(r, r);
    }

    private static void Run(KernelRows rows, Field16 across, int down, int zero, int strength, int amount, Lanes lanes) =>
        RowKernels.Finish(rows.At(0), across.Row(0), down, zero, strength, (sbyte*)rows.At(1), amount, Dither.Row(3), 16,
            zero == 16 ? (byte)235 : (byte)240, rows.Plane.Width, lanes);

    private static Field16 Across(int width)
    {
        var random = new Random(width);
        var field = new Field16(width, 1);
        foreach (ref var number in field.Numbers(0))
        {
            number = (short)(random.Next(5) == 0 ? 32_767 : random.Next(32_768));
        }

        return field;
    }
}
