using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class CrossFadeTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void CrossFade_AnyWidthAndWeight_EqualsTheScalar(string lanes)
    {
        var random = new Random(1);
        foreach (var width in (int[])[2, 4, 6, 14, 16, 18, 30, 32, 34, 62, 64, 66, 126, 130, 254, 258, 510, 514])
        {
            using var from = TestPictures.Noise(width, 4, width);
            using var to = TestPictures.Noise(width, 4, width + 1);
            using var expected = new YuvImage(width, 4);
            using var actual = new YuvImage(width, 4);
            foreach (var weight in (int[])[0, 1, 16383, 16384, 32766, 32767, random.Next(32768)])
            {
                ImageBlend.CrossFade(from, to, weight, expected, Lanes.Scalar);
                ImageBlend.CrossFade(from, to, weight, actual, Vectors.Parse(lanes));
                TestPictures.AssertSame(expected, actual);
            }
        }
    }

    [Fact]
    public void CrossFade_AtTheEnds_GivesTheInputs()
    {
        using var from = TestPictures.Noise(70, 6, 1);
        using var to = TestPictures.Noise(70, 6, 2);
        using var target = new YuvImage(70, 6);

        ImageBlend.CrossFade(from, to, 0, target);
        TestPictures.AssertSame(from, target);
        ImageBlend.CrossFade(from, to, FixedPoint.One15, target);
        TestPictures.AssertSame(to, target);
    }

    [Fact]
    public void CrossFade_DifferentSizes_IsRefused()
    {
        using var small = new YuvImage(4, 4);
        using var large = new YuvImage(6, 4);

        Assert.Throws<ArgumentException>(() => ImageBlend.CrossFade(small, large, 5, small));
    }
}
