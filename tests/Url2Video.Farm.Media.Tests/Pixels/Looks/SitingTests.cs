using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels.Looks;

public sealed unsafe class SitingTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void DoubleAndLumaAtChroma_AnyWidth_EqualTheScalar(string lanes)
    {
        foreach (var width in KernelRows.Widths)
        {
            using var rows = new KernelRows(2 * width, 4, width);
            RowKernels.Double(rows.At(0), rows.At(2), 2 * width, Lanes.Scalar);
            RowKernels.Double(rows.At(0), rows.At(3), 2 * width, Vectors.Parse(lanes));
            Assert.Equal(rows.Row(2), rows.Row(3));

            RowKernels.LumaAtChroma(rows.At(0), rows.At(1), rows.At(2), width, Lanes.Scalar);
            RowKernels.LumaAtChroma(rows.At(0), rows.At(1), rows.At(3), width, Vectors.Parse(lanes));
            Assert.Equal(rows.Row(2)[..width], rows.Row(3)[..width]);
        }
    }

    [Fact]
    public void LumaAtChroma_Mutants_AreCaught()
    {
        using var rows = new KernelRows(1_000, 3, 9);
        RowKernels.LumaAtChroma(rows.At(0), rows.At(1), rows.At(2), 500, LanesOfCpu.Best);
        var (upper, lower) = (rows.Row(0), rows.Row(1));
        KernelRows.AssertCaught(
            new Dictionary<string, Func<int, byte>>
            {
                ["a mean rounded down"] = i => (byte)((upper[2 * i] + lower[2 * i]) >> 1),
                ["the right pixel of a pair"] = i => (byte)((upper[(2 * i) + 1] + lower[(2 * i) + 1] + 1) >> 1),
                ["the upper row alone"] = i => upper[2 * i],
            },
            rows.Row(2)[..500]);
    }

    /// <summary>To R'G'B' and back: nothing that is a colour moves by more than two codes.</summary>
    [Fact]
    public void RgbRows_ReadAndWritten_GiveThePictureBack()
    {
        using var image = new YuvImage(256, 2);
        for (var x = 0; x < 128; x++)
        {
            var colour = new Rgb((byte)(2 * x), (byte)(255 - x), (byte)(x * 7)).ToYuv();
            foreach (var y in (int[])[0, 1])
            {
                (image.RowY(y)[2 * x], image.RowY(y)[(2 * x) + 1]) = (colour.Y, colour.Y);
            }

            (image.RowU(0)[x], image.RowV(0)[x]) = (colour.U, colour.V);
        }

        var (lumas, us, vs) = (image.RowY(0).ToArray(), image.RowU(0).ToArray(), image.RowV(0).ToArray());
        using var rows = new RgbRows(256, LanesOfCpu.Best);
        rows.Read(image, 0);
        rows.Write(image, 0);
        Assert.All(lumas.Zip(image.RowY(0).ToArray()), p => Assert.InRange(p.First - p.Second, -2, 2));
        Assert.All(us.Zip(image.RowU(0).ToArray()), p => Assert.InRange(p.First - p.Second, -2, 2));
        Assert.All(vs.Zip(image.RowV(0).ToArray()), p => Assert.InRange(p.First - p.Second, -2, 2));
    }
}
