using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class RgbTests
{
    /// <summary>BT.709 in double precision, written from the standard.</summary>
    [Fact]
    public void ToYuv_AGridOfColours_IsWithinHalfACodeOfTheStandard()
    {
        for (var r = 0; r <= 255; r += 15)
        {
            for (var g = 0; g <= 255; g += 15)
            {
                for (var b = 0; b <= 255; b += 15)
                {
                    var luma = ((0.2126 * r) + (0.7152 * g) + (0.0722 * b)) / 255;
                    var yuv = new Rgb((byte)r, (byte)g, (byte)b).ToYuv();
                    Assert.InRange(yuv.Y - (16 + (219 * luma)), -0.51, 0.51);
                    Assert.InRange(yuv.U - (128 + (224 * ((b / 255.0) - luma) / 1.8556)), -0.51, 0.51);
                    Assert.InRange(yuv.V - (128 + (224 * ((r / 255.0) - luma) / 1.5748)), -0.51, 0.51);
                }
            }
        }
    }

    [Theory]
    [InlineData("#0E1320", true)]
    [InlineData("ffc24b", true)]
    [InlineData("#fff", false)]
    [InlineData("#12345g", false)]
    [InlineData("", false)]
    public void TryParse_Text_TellsColoursFromOthers(string text, bool isColour)
    {
        Assert.Equal(isColour, Rgb.TryParse(text, out var colour));
        Assert.Equal(isColour && text[0] == '#' ? new Rgb(0x0E, 0x13, 0x20) : isColour ? new Rgb(0xFF, 0xC2, 0x4B) : default, colour);
    }
}
