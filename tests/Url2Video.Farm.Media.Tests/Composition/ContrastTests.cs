using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class ContrastTests
{
    /// <summary>The formula of WCAG in double precision, for greys.</summary>
    [Fact]
    public void Ratio_Greys_AreThoseOfTheStandard()
    {
        for (var a = 16; a <= 235; a += 7)
        {
            for (var b = 16; b <= 235; b += 11)
            {
                var expected = (Math.Max(Light(a), Light(b)) + 0.05) / (Math.Min(Light(a), Light(b)) + 0.05);
                Assert.InRange(Contrast.Ratio((byte)a, (byte)b) / 1000.0, expected - 0.01, expected + 0.01);
            }
        }

        static double Light(int luma)
        {
            var v = (luma - 16) / 219.0;
            return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
        }
    }

    [Fact]
    public void VeilFor_AnyBackground_MakesTextReadable()
    {
        for (var background = 16; background <= 235; background++)
        {
            var veil = Contrast.VeilFor(text: 230, (byte)background, veil: 28);
            var seen = background + ((28 - background) * veil / 255);
            Assert.True(Contrast.Ratio(230, (byte)seen) >= Contrast.ReadableThousandths);
        }

        Assert.Equal(0, Contrast.VeilFor(230, 40, 28));
    }

    [Theory]
    [InlineData("0E1320", "1B3A8A")]
    [InlineData("101010", "FFC24B")]
    [InlineData("FAFAF7", "FFC24B")]
    public void Readable_AnyAccent_ReachesTheRatio(string ground, string accent)
    {
        Assert.True(Rgb.TryParse(ground, out var background) & Rgb.TryParse(accent, out var colour));
        var towards = background.ToYuv().Y > 128 ? new Rgb(0, 0, 0) : new Rgb(255, 255, 255);

        Assert.True(Contrast.Ratio(Contrast.Readable(colour, background, towards), background) >= Contrast.ReadableThousandths);
    }

    [FontFact("NotoSans")]
    public void Veil_UnderATitle_ComesOnlyOverLightPictures()
    {
        Assert.Equal(60, Corner("400x300:60"));
        Assert.InRange(Corner("400x300:235"), 30, 120);

        static int Corner(string picture)
        {
            var film = Films.One(320, 180, new Background.Picture(picture, CameraMove.Still),
                new TextCard.Title(0, TextCard.ToTheEnd, "Title"));
            using var target = new YuvImage(320, 180);
            using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
            renderer.Compose(59, target);
            return target.RowY(4)[4];
        }
    }
}
