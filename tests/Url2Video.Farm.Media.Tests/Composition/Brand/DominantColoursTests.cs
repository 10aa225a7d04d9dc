using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Brand;

public sealed class DominantColoursTests
{
    /// <summary>AC5: a known image's colours, within ΔE 5, with their shares, though there is noise over them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(10)]
    public void Of_KnownPicture_FindsItsColours(int noise)
    {
        (Rgb Colour, int Percent)[] known = [(new(18, 32, 80), 45), (new(240, 240, 235), 30), (new(220, 60, 40), 15), (new(250, 190, 20), 10)];
        using var image = Bands(known, noise);

        var found = DominantColours.Of(image, known.Length);

        Assert.Equal(known.Length, found.Length);
        for (var i = 0; i < known.Length; i++)
        {
            var difference = Lab.Difference(LabOf(known[i].Colour), LabOf(found[i].Colour));
            Assert.True(difference <= 5, $"{known[i].Colour} was found as {found[i].Colour}: ΔE {difference:0.0}");
            Assert.InRange(found[i].SharePermille, (known[i].Percent * 10) - 25, (known[i].Percent * 10) + 25);
        }
    }

    [Fact]
    public void Of_OneColour_IsOne()
    {
        using var image = Bands([(new(40, 120, 200), 100)], 0);

        var only = Assert.Single(DominantColours.Of(image, 6));

        Assert.Equal(1_000, only.SharePermille);
    }

    [Fact]
    public void Of_TransparentParts_DoNotCount()
    {
        using var image = Bands([(new(40, 120, 200), 50), (new(200, 120, 40), 50)], 0);
        using var opacity = new Plane8(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
        {
            opacity.Row(y)[..100].Fill(255);
        }

        Assert.True(Lab.Difference(LabOf(new Rgb(40, 120, 200)), LabOf(Assert.Single(DominantColours.Of(image, 4, opacity)).Colour)) < 5);
        using var nothing = new Plane8(image.Width, image.Height);
        Assert.Empty(DominantColours.Of(image, 4, nothing));
    }

    [Fact]
    public void Of_SamePicture_GivesTheSameColours()
    {
        using var image = Bands([(new(40, 120, 200), 50), (new(200, 120, 40), 50)], 20);

        Assert.Equal(DominantColours.Of(image, 5).ToArray(), DominantColours.Of(image, 5).ToArray());
    }

    [Theory]
    [InlineData(18, 32, 80, 220, 60, 40)]
    [InlineData(250, 250, 250, 0, 90, 40)]
    [InlineData(255, 240, 0, 255, 0, 120)]
    public void BrandColours_OfAPicture_CanBeRead(byte r1, byte g1, byte b1, byte r2, byte g2, byte b2)
    {
        using var image = Bands([(new(r1, g1, b1), 60), (new(r2, g2, b2), 40)], 0);

        var brand = BrandColours.Of(DominantColours.Of(image, 4));

        Assert.True(Contrast.Ratio(brand.Text, brand.Background) >= 4_500, $"text {brand}");
        Assert.True(Contrast.Ratio(brand.Text, brand.Surface) >= 4_500, $"surface {brand}");
        Assert.True(Contrast.Ratio(brand.Accent, brand.Background) >= 4_500, $"accent {brand}");
    }

    private static Triple LabOf(Rgb colour) => Lab.Of(new Triple(colour.R / 255.0, colour.G / 255.0, colour.B / 255.0));

    private static YuvImage Bands((Rgb Colour, int Percent)[] bands, int noise)
    {
        var image = new YuvImage(400, 200);
        var random = new Random(5);
        for (var x = 0; x < image.Width; x += 2)
        {
            var (at, band) = (x * 100 / image.Width, 0);
            while (at >= bands[band].Percent && band + 1 < bands.Length)
            {
                at -= bands[band++].Percent;
            }

            var yuv = bands[band].Colour.ToYuv();
            for (var y = 0; y < image.Height; y++)
            {
                image.RowY(y)[x] = (byte)Math.Clamp(yuv.Y + random.Next(-noise, noise + 1), 16, 235);
                image.RowY(y)[x + 1] = (byte)Math.Clamp(yuv.Y + random.Next(-noise, noise + 1), 16, 235);
                (image.RowU(y / 2)[x / 2], image.RowV(y / 2)[x / 2]) = (yuv.U, yuv.V);
            }
        }

        return image;
    }
}
