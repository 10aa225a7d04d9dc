using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed unsafe class WarpTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Warp_AnyLine_EqualsTheScalar(string lanes)
    {
        foreach (var (source, u, v, du, dv) in Lines(4_000))
        {
            using (source)
            {
                Assert.Equal(Row(source, u, v, du, dv, Lanes.Scalar), Row(source, u, v, du, dv, Vectors.Parse(lanes)));
            }
        }
    }

    /// <summary>The inputs of the test above tell each of these mistakes from the kernel.</summary>
    [Theory]
    [InlineData("no rounding")]
    [InlineData("fraction of 8 bits")]
    [InlineData("clamped at the last pixel")]
    [InlineData("steps across only")]
    [InlineData("weights swapped")]
    public void Warp_Mutant_IsCaught(string mutant)
    {
        var differ = 0;
        foreach (var (source, u, v, du, dv) in Lines(600))
        {
            using (source)
            {
                differ += Row(source, u, v, du, dv, Lanes.Scalar).SequenceEqual(Mutated(source, u, v, du, dv, mutant)) ? 0 : 1;
            }
        }

        Assert.True(differ > 20, $"{mutant}: {differ} of 600 lines differ");
    }

    [Fact]
    public void Draw_IdentityMapping_CopiesThePicture()
    {
        using var source = TestPictures.Noise(70, 50, 3);
        using var target = new YuvImage(70, 50);
        using var sampler = new WarpSampler(70, 50, LanesOfCpu.Best);

        sampler.Draw(source, new Shifted(0, 0), target, new PixelRect(0, 0, 70, 50));

        // The last row and column lie half a phase beside their pixel and may differ by what that makes of noise.
        for (var y = 0; y < 49; y++)
        {
            Assert.Equal(source.RowY(y)[..69], target.RowY(y)[..69]);
        }
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Draw_AnyMapping_EqualsTheScalar(string lanes)
    {
        var random = new Random(17);
        foreach (var (width, height) in ((int, int)[])[(4, 4), (34, 18), (70, 50), (162, 34)])
        {
            using var source = TestPictures.Noise(width + 6, height + 8, 5);
            using var expected = new YuvImage(width, height);
            using var actual = new YuvImage(width, height);
            using var scalar = new WarpSampler(width, height, Lanes.Scalar);
            using var vector = new WarpSampler(width, height, Vectors.Parse(lanes));
            var area = new PixelRect(0, 0, width, height);
            for (var round = 0; round < 12; round++)
            {
                var turned = new Turned(random.NextDouble() - 0.5, random.NextDouble() * 20);
                scalar.Draw(source, turned, expected, area);
                vector.Draw(source, turned, actual, area);
                TestPictures.AssertSame(expected, actual);
            }
        }
    }

    [Fact]
    public void Draw_OntoAnArea_LeavesTheRestAlone()
    {
        using var source = TestPictures.Noise(60, 60, 1);
        using var target = new YuvImage(100, 60);
        target.Fill(77, 88, 99);
        using var sampler = new WarpSampler(100, 60, LanesOfCpu.Best);

        sampler.Draw(source, new Turned(0.1, 3), target, new PixelRect(20, 10, 42, 40));

        Assert.False(target.RowY(9).ContainsAnyExcept((byte)77));
        Assert.False(target.RowY(30)[62..].ContainsAnyExcept((byte)77));
        Assert.False(target.RowU(15)[31..].ContainsAnyExcept((byte)88));
        Assert.True(target.RowY(30).Slice(20, 42).ContainsAnyExcept((byte)77));
    }

    private static IEnumerable<(YuvImage Source, int U, int V, int Du, int Dv)> Lines(int count)
    {
        var random = new Random(23);
        for (var i = 0; i < count; i++)
        {
            var (width, height) = (2 * random.Next(2, 40), 2 * random.Next(2, 40));
            var (u, v) = (random.Next(-4 << 16, (width + 4) << 16), random.Next(-4 << 16, (height + 4) << 16));
            yield return (TestPictures.Noise(width, height, i), u, v, random.Next(-3 << 16, 3 << 16), random.Next(-3 << 16, 3 << 16));
        }
    }

    private static byte[] Row(YuvImage source, int u, int v, int du, int dv, Lanes lanes)
    {
        var row = new byte[RowKernels.WarpCount];
        fixed (byte* target = row)
        {
            RowKernels.Warp(source.Y, source.StrideY, source.Width, source.Height, u, v, du, dv, target, lanes);
        }

        return row;
    }

    private static byte[] Mutated(YuvImage source, int u, int v, int du, int dv, string mutant)
    {
        var row = new byte[RowKernels.WarpCount];
        var (lastX, lastY) = (((source.Width - 1) << 16) - 1, ((source.Height - 1) << 16) - 1);
        if (mutant == "clamped at the last pixel")
        {
            (lastX, lastY) = (lastX - 65_536, lastY - 65_536);
        }

        for (var i = 0; i < row.Length; i++)
        {
            var x = Math.Clamp(u + (i * du), 0, lastX);
            var y = Math.Clamp(v + (mutant == "steps across only" ? 0 : i * dv), 0, lastY);
            var (fx, fy) = ((x >> 9) & 127, (y >> 9) & 127);
            (fx, fy) = mutant switch
            {
                "fraction of 8 bits" => (((x >> 8) & 255) / 2 | 1, fy),
                "weights swapped" => (128 - fx, fy),
                _ => (fx, fy),
            };
            var upper = source.RowY(y >> 16);
            var lower = source.RowY((y >> 16) + 1);
            var a = (upper[x >> 16] * (128 - fx)) + (upper[(x >> 16) + 1] * fx);
            var b = (lower[x >> 16] * (128 - fx)) + (lower[(x >> 16) + 1] * fx);
            row[i] = (byte)(((a * (128 - fy)) + (b * fy) + (mutant == "no rounding" ? 0 : 1 << 13)) >> 14);
        }

        return row;
    }

    private readonly record struct Shifted(double Dx, double Dy) : IWarp
    {
        public (double X, double Y) At(double x, double y) => (x + Dx, y + Dy);
    }

    private readonly record struct Turned(double Slope, double Shift) : IWarp
    {
        public (double X, double Y) At(double x, double y) => (x - (Slope * y) + Shift, y + (Slope * x) - Shift);
    }
}
