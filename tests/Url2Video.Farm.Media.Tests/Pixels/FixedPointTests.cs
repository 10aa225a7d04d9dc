using System.Runtime.Intrinsics;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class FixedPointTests
{
    [Fact]
    public void MulHrs_FullWeight_ReturnsTheValue()
    {
        for (var x = -16383; x < 16384; x++)
        {
            Assert.Equal(x, FixedPoint.MulHrs(x, FixedPoint.One15));
        }
    }

    [Fact]
    public void W15_Ends_AreZeroAndFull() => Assert.Equal((0, FixedPoint.One15), (FixedPoint.W15(0), FixedPoint.W15(255)));

    /// <summary>Every difference of two bytes with every weight that an alpha can make.</summary>
    [Fact]
    public void MulHrs_EveryVectorForm_EqualsTheScalar()
    {
        for (var alpha = 0; alpha <= 255; alpha++)
        {
            var weight = Vector128.Create((short)FixedPoint.W15(alpha));
            for (var x = -255; x <= 255; x++)
            {
                var expected = FixedPoint.MulHrs(x, FixedPoint.W15(alpha));
                var vector = Vector128.Create((short)x);
                Assert.Equal(expected, Wide.MulHrs(vector, weight)[3]);
                Assert.Equal(expected, Wide.MulHrsPortable(vector, weight)[5]);
            }
        }
    }

    [Fact]
    public void MultiplyAddPairs_PortableForm_EqualsTheInstruction()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var pixels = new byte[16];
            random.NextBytes(pixels);
            var weights = new sbyte[16];
            for (var i = 0; i < 16; i += 2)
            {
                weights[i] = (sbyte)random.Next(-32, 1);
                weights[i + 1] = (sbyte)random.Next(0, 128);
            }

            var (p, w) = (Vector128.Create(pixels), Vector128.Create(weights));
            Assert.Equal(Wide.MultiplyAddPairs(p, w), Wide.MultiplyAddPairsPortable(p, w));
            Assert.Equal((pixels[4] * weights[4]) + (pixels[5] * weights[5]), Wide.MultiplyAddPairsPortable(p, w)[2]);
        }
    }
}
