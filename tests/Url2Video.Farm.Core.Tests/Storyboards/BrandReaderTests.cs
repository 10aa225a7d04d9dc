using System.Text;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

public sealed class BrandReaderTests
{
    [Fact]
    public void Read_PictureMark_HasTheDefaults()
    {
        var mark = Read("\"watermark\":{\"asset\":\"images/logo.png\"}").Require().Watermark;

        Assert.Equal(new Watermark(new VisualAsset.InBundle("images/logo.png"), null, MarkAnchor.TopRight, 500, 1_300, 70), mark);
    }

    [Fact]
    public void Read_TextMark_MayBeWider()
    {
        var mark = Read("\"watermark\":{\"text\":\"© Acme\",\"anchor\":\"auto\",\"margin\":0.02,\"opacity\":0.5}").Require().Watermark;

        Assert.Equal(new Watermark(null, "© Acme", MarkAnchor.Auto, 200, 4_000, 50), mark);
    }

    [Fact]
    public void Read_NoMark_IsOff() => Assert.Null(Read("\"look\":\"clean\"").Require().Watermark);

    [Fact]
    public void Read_Logo_HasTheDefaults()
    {
        var logo = Read("", "\"logo\":{\"asset\":\"l.png\",\"reveal\":\"lightSweep\"}").Require().Scenes[0].Logo;

        Assert.Equal(new SceneLogo(new VisualAsset.InBundle("l.png"), LogoReveal.LightSweep, 0, 1_200, 4_500, Point.Centre, 0), logo);
    }

    [Theory]
    [InlineData("\"watermark\":{}", "", "/watermark")]
    [InlineData("\"watermark\":{\"text\":\"a\",\"asset\":\"l.png\"}", "", "/watermark")]
    [InlineData("\"watermark\":{\"text\":\"a\",\"anchor\":\"topleft\"}", "", "/watermark/anchor")]
    [InlineData("\"watermark\":{\"text\":\"a\",\"margin\":0.21}", "", "/watermark/margin")]
    [InlineData("\"watermark\":{\"text\":\"a\",\"width\":0.01}", "", "/watermark/width")]
    [InlineData("\"watermark\":{\"text\":\"a\",\"opacity\":0}", "", "/watermark/opacity")]
    [InlineData("\"watermark\":{\"asset\":\"../l.png\"}", "", "/watermark/asset")]
    [InlineData("\"watermark\":{\"txt\":\"a\",\"asset\":\"l.png\"}", "", "/watermark/txt")]
    [InlineData("", "\"logo\":{}", "/scenes/0/logo/asset")]
    [InlineData("", "\"logo\":{\"asset\":\"l.png\",\"reveal\":\"spin\"}", "/scenes/0/logo/reveal")]
    [InlineData("", "\"logo\":{\"asset\":\"l.png\",\"ms\":99}", "/scenes/0/logo/ms")]
    [InlineData("", "\"logo\":{\"asset\":\"l.png\",\"width\":0.91}", "/scenes/0/logo/width")]
    [InlineData("", "\"logo\":{\"asset\":\"l.png\",\"at\":{\"x\":1.1}}", "/scenes/0/logo/at/x")]
    public void Read_WrongMark_SaysWhere(string film, string scene, string pointer)
    {
        var error = Assert.Single(Read(film, scene).Errors);

        Assert.StartsWith(pointer + ":", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BrandAssets_Of_NamesEveryPictureOnce_AndResolveReplacesIt()
    {
        var board = Read("\"watermark\":{\"asset\":\"m.png\"}", "\"logo\":{\"asset\":\"l.png\"}").Require();
        var resolved = BrandAssets.Resolve(board, (pointer, asset) => new VisualAsset.InBundle($"{((VisualAsset.InBundle)asset).Path}{pointer}"));

        Assert.Equal(["/watermark/asset", "/scenes/0/logo/asset"], BrandAssets.Of(board).Select(a => a.Pointer));
        Assert.Equal(
            ["m.png/watermark/asset", "l.png/scenes/0/logo/asset"],
            BrandAssets.Of(resolved).Select(a => ((VisualAsset.InBundle)a.Asset).Path));
        Assert.Equal(BrandAssets.Of(resolved).Select(a => a.Asset), BrandAssets.Of(resolved, resolved.Scenes[0]));
    }

    private static StoryboardReading Read(string film, string scene = "")
    {
        var (ofFilm, ofScene) = (film.Length == 0 ? "" : film + ",", scene.Length == 0 ? "" : "," + scene);
        return StoryboardReader.Read(Encoding.UTF8.GetBytes(
            $"{{\"schema\":\"{Storyboard.Schema}\",\"title\":\"T\",{ofFilm}\"scenes\":[{{\"say\":\"Words.\"{ofScene}}}]}}"));
    }
}
