using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class BlurTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void SoftBlur_AnySizeAndRadius_EqualsTheScalar(string lanes)
    {
        foreach (var (width, height, radius) in ((int, int, int)[])[(2, 2, 1), (34, 20, 3), (66, 50, 100), (130, 34, 7), (258, 66, 40)])
        {
            using var expected = TestPictures.Noise(width, height, width);
            using var actual = TestPictures.Noise(width, height, width);
            using var scalar = new SoftBlur(width, height, Lanes.Scalar);
            using var vector = new SoftBlur(width, height, Vectors.Parse(lanes));
            scalar.Apply(expected, radius, passes: 2);
            vector.Apply(actual, radius, passes: 2);
            TestPictures.AssertSame(expected, actual);
        }
    }

    [Fact]
    public void SoftBlur_FlatPicture_StaysAsItIs()
    {
        foreach (var code in (byte[])[0, 1, 16, 127, 235, 254, 255])
        {
            foreach (var radius in (int[])[1, 2, 31, 64, SoftBlur.RadiusMax])
            {
                using var image = new YuvImage(64, 32);
                image.Fill(code, code, code);
                using var blur = new SoftBlur(64, 32, LanesOfCpu.Best);
                blur.Apply(image, radius, passes: 3);
                Assert.Equal((code, code, code), (image.RowY(9)[9], image.RowU(9)[9], image.RowV(9)[9]));
            }
        }
    }

    /// <summary>The mean of a box in both directions in real numbers, each direction rounded to a byte.</summary>
    [Fact]
    public void SoftBlur_OnePass_IsTheMeanOfItsSurroundings()
    {
        const int Radius = 5;
        using var source = TestPictures.Noise(60, 40, 3);
        using var actual = TestPictures.Noise(60, 40, 3);
        using var blur = new SoftBlur(60, 40, LanesOfCpu.Best);
        blur.Apply(actual, Radius, passes: 1);

        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < 60; x++)
            {
                var sum = 0.0;
                for (var dy = -Radius; dy <= Radius; dy++)
                {
                    for (var dx = -Radius; dx <= Radius; dx++)
                    {
                        sum += source.RowY(Math.Clamp(y + dy, 0, 39))[Math.Clamp(x + dx, 0, 59)];
                    }
                }

                Assert.InRange(actual.RowY(y)[x] - (sum / 121), -1.1, 1.1);
            }
        }
    }

    [Fact]
    public void BlurColumns_Mutants_AreCaught()
    {
        const int Width = 1_000;
        using var rows = new KernelRows(Width, 3, 5);
        var sums = new ushort[Width + 64];
        var random = new Random(8);
        for (var i = 0; i < Width; i++)
        {
            sums[i] = (ushort)random.Next(11 * 255);
        }

        var before = sums.ToArray();
        fixed (ushort* at = sums)
        {
            RowKernels.BlurColumns(rows.At(0), rows.At(1), at, rows.At(2), Width, 5, 5_958, LanesOfCpu.Best);
        }

        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["no rounding"] = i => (byte)(before[i] * 5_958 >> 16),
                ["a window one pixel wider"] = i => (byte)((before[i] + 6) * 5_461 >> 16),
                ["the row that enters counted at once"] = i => (byte)((before[i] + rows.Row(0)[i] - rows.Row(1)[i] + 5) * 5_958L >> 16),
            },
            rows.Row(2));
        Assert.Equal(before.Take(Width).Select((s, i) => (ushort)(s + rows.Row(0)[i] - rows.Row(1)[i])), sums.Take(Width));
    }
}
